#include "core/engine/caught_error.h"

#include <torch/torch.h>

#include <exception>
#include <new>
#include <string>

namespace finebrush {

Error caughtError() {
    try {
        throw;
    } catch (const c10::OutOfMemoryError& problem) {
        return {ErrorCode::OutOfMemory, {"the GPU"}, problem.what_without_backtrace()};
    } catch (const c10::Error& problem) {
        const std::string text = problem.what_without_backtrace();
        if (text.find("allocate memory") == text.npos) return {ErrorCode::Internal, {text}, {}};
        return {ErrorCode::OutOfMemory, {"this machine"}, {}};
    } catch (const std::bad_alloc&) {
        return {ErrorCode::OutOfMemory, {"this machine"}, {}};
    } catch (const std::exception& problem) {
        return {ErrorCode::Internal, {problem.what()}, {}};
    }
}

}  // namespace finebrush
