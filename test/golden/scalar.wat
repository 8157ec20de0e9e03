;; 1000000: inputs
;; 1000016: outputs
(func (export "run") (result i32)
    (local f64 f64 f64)
    (local.set 1 (f64x2.extract_lane 0 (call $sinCosLanes (f64x2.splat (local.tee 0 (f64.load offset=1000000 (i32.const 0)))) (i32.const 1000048))))
    (local.set 2 (f64.load offset=1000048 (i32.const 0)))
    (local.set 1 (f64.add (f64.mul (local.get 0) (local.tee 0 (f64.load offset=1000008 (i32.const 0)))) (local.get 1)))
    (f64.store offset=1000016 (i32.const 0) (local.get 1))
    (local.set 2 (f64.add (local.get 0) (local.get 2)))
    (f64.store offset=1000032 (i32.const 0) (local.get 2))
    (f64.store offset=1000040 (i32.const 0) (f64.load offset=1000000 (i32.const 0)))
    (i32.const 0))
