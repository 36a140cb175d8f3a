import { probe } from "./probe";
import { runAsProcess } from "./process";

void runAsProcess(probe);
