#pragma once

#include <memory>
#include <utility>

namespace finebrush::peft {

/// Something of a method in a socket of an encoder. At the end what was there before comes back, as far as it
/// still lives; where something newer has taken the socket, that stays. The encoder must outlive this.
template <typename T>
class Plug {
  public:
    Plug(std::shared_ptr<T>& socket, std::shared_ptr<T> plugged)
        : socket_(&socket), plugged_(std::move(plugged)), before_(socket) {
        socket = plugged_;
    }
    Plug(Plug&& other) noexcept
        : socket_(std::exchange(other.socket_, nullptr)),
          plugged_(std::move(other.plugged_)),
          before_(std::move(other.before_)) {}
    Plug& operator=(Plug&&) = delete;
    ~Plug() {
        if (socket_ && *socket_ == plugged_) *socket_ = before_.lock();
    }

  private:
    std::shared_ptr<T>* socket_;
    std::shared_ptr<T> plugged_;
    std::weak_ptr<T> before_;
};

}  // namespace finebrush::peft
