#pragma once

#include <cstddef>
#include <functional>

namespace finebrush::dicom {

/// Runs a function with at least so many bytes of stack and waits for it: on this thread where that is no
/// more than every thread has, else on one of its own. What it throws is thrown on. Throws std::bad_alloc
/// where there is no room for the stack.
void runOnStack(size_t bytes, const std::function<void()>& function);

}  // namespace finebrush::dicom
