#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace finebrush {

/// The way back to the owner's thread. What was posted is not run any more once this object is gone. Made and
/// destroyed on the owner's thread.
class OwnerThread {
  public:
    using Post = std::function<void(std::function<void()>)>;

    explicit OwnerThread(Post post) : post_(std::move(post)) {}
    OwnerThread(const OwnerThread&) = delete;
    OwnerThread& operator=(const OwnerThread&) = delete;

    /// Runs a function on the owner's thread, later. Any thread.
    void post(std::function<void()> task) const { poster()(std::move(task)); }

    /// A `post` that may outlive this object, and then does nothing.
    Post poster() const {
        return [post = post_, isAlive = std::weak_ptr<const bool>(alive_)](std::function<void()> task) {
            post([isAlive, task = std::move(task)] {
                if (!isAlive.expired()) task();
            });
        };
    }

  private:
    Post post_;
    std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace finebrush
