#pragma once

#include "core/base/result.h"

#include <exception>
#include <functional>
#include <new>

namespace finebrush {

/// The outcome of a job; an exception becomes an error, OutOfMemory or Internal, so that none ends the
/// process.
template <typename T>
Result<T> guarded(const std::function<Result<T>()>& job) {
    try {
        return job();
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, {"this machine"});
    } catch (const std::exception& problem) {
        return failure(ErrorCode::Internal, {problem.what()});
    } catch (...) {
        return failure(ErrorCode::Internal, {"unknown"});
    }
}

}  // namespace finebrush
