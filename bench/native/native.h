/* What the hand-written gradients share: each reads its inputs, writes its gradient and returns its value. */
#ifndef NATIVE_H
#define NATIVE_H

/* `sizes` and `x` are what the JavaScript side sends; `g` has room for the gradient, in the order of the arguments. */
typedef double gradient(const int *sizes, const double *x, double *g);

gradient points, network, logistic, mixture, rosenbrock;

/* GradBench's. */
gradient llsq, lse, gmm, kmeans, ba, ode, lstm;

#endif
