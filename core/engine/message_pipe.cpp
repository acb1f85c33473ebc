#include "core/engine/message_pipe.h"

#include "core/base/log.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace finebrush {

Result<std::optional<messages::ToEngine>> MessagePipe::next() {
    auto body = frames_.next();
    if (!body) return failure(body.error());
    if (!*body) return std::optional<messages::ToEngine>();
    auto message = messages::decodeToEngine(**body);
    if (!message) return failure(message.error());
    return std::optional<messages::ToEngine>(std::move(*message));
}

Result<std::optional<messages::ToEngine>> MessagePipe::poll() {
    fill(false);
    return next();
}

Result<std::optional<messages::ToEngine>> MessagePipe::wait() {
    while (true) {
        auto message = next();
        if (!message || *message || closed_) return message;
        fill(true);
    }
}

void MessagePipe::fill(bool wait) {
    std::vector<uint8_t> chunk(size_t{1} << 20);
    while (!closed_) {
        pollfd ready{input_, POLLIN, 0};
        const int count = ::poll(&ready, 1, wait ? -1 : 0);
        if (count < 0 && errno == EINTR) continue;
        if (count == 0) return;
        const ssize_t bytes = ::read(input_, chunk.data(), chunk.size());
        if (bytes < 0 && errno == EINTR) continue;
        if (bytes <= 0) {
            closed_ = true;
            return;
        }
        frames_.append(std::span(chunk).first(static_cast<size_t>(bytes)));
        wait = false;
    }
}

void MessagePipe::send(const messages::FromEngine& message) {
    const std::vector<uint8_t> frame = messages::encode(message);
    std::span<const uint8_t> rest(frame);
    while (!rest.empty() && !closed_) {
        const ssize_t written = ::write(output_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            logInfo("the window has gone");
            closed_ = true;
            return;
        }
        rest = rest.subspan(static_cast<size_t>(written));
    }
}

}  // namespace finebrush
