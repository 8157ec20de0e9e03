/** What an application of native functions imports from a module of its own. */
import { native } from "wengert/native";

export const offset: number = 1.5;

export const half = native((x: number): number => x / 2);
