#include "core/image/dicom/deep_stack.h"

#include <exception>
#include <new>
#include <pthread.h>

namespace finebrush::dicom {

namespace {

/// Threads have 8 MB, of which some is in use.
constexpr size_t kCommonStackBytes = size_t{5} << 20;

struct Call {
    const std::function<void()>& function;
    std::exception_ptr thrown;
};

void* carryOut(void* argument) {
    auto& call = *static_cast<Call*>(argument);
    try {
        call.function();
    } catch (...) {
        call.thrown = std::current_exception();
    }
    return nullptr;
}

}  // namespace

void runOnStack(size_t bytes, const std::function<void()>& function) {
    if (bytes <= kCommonStackBytes) {
        function();
        return;
    }
    Call call{function, nullptr};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_t thread{};
    const bool isStarted = pthread_attr_setstacksize(&attributes, bytes) == 0 &&
                           pthread_create(&thread, &attributes, carryOut, &call) == 0;
    pthread_attr_destroy(&attributes);
    if (!isStarted) throw std::bad_alloc();
    pthread_join(thread, nullptr);
    if (call.thrown) std::rethrow_exception(call.thrown);
}

}  // namespace finebrush::dicom
