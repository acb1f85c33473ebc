#pragma once

namespace finebrush {

/// Starts the program again with LibTorch's threads told to sleep, not to spin, while they wait for each
/// other: beside a window on the same cores spinning doubles the time of a step. OpenMP reads this before
/// main, hence the new start. Returns where it was told already. First thing in main.
void sleepWhileWaiting(char** argv);

/// Keeps freed memory for the next tensor. glibc gives large blocks back to the system at once and gets them
/// again page by page; tensors are large and come and go, and a forward pass spent a fifth of its time so.
void keepFreedMemory();

/// Gives what is kept back to the system: after a training, which takes much more than a prediction.
void giveBackMemory();

}  // namespace finebrush
