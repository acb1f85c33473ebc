#include "tests/ui/support/fake_engine.h"

#include <stdexcept>

namespace finebrush::testing {

class FakeEngine::Transport : public EngineTransport {
  public:
    explicit Transport(FakeEngine& engine) : engine_(engine) {}
    ~Transport() override { kill(); }
    void send(std::vector<uint8_t> bytes) override { engine_.hear(std::move(bytes)); }
    void kill() override { engine_.events_ = {}; }

  private:
    FakeEngine& engine_;
};

EngineLauncher FakeEngine::launcher() {
    return [this](EngineTransport::Events events) -> Result<std::unique_ptr<EngineTransport>> {
        events_ = std::move(events);
        frames_ = {};
        ++starts_;
        return std::make_unique<Transport>(*this);
    };
}

void FakeEngine::say(const messages::FromEngine& message) {
    const auto received = events_.received;
    if (!received) throw std::logic_error("FakeEngine::say: it is not running");
    received(messages::encode(message));
}

void FakeEngine::die(const std::string& reason) {
    const auto ended = std::exchange(events_, {}).ended;
    ended(reason);
}

void FakeEngine::hear(std::vector<uint8_t> bytes) {
    frames_.append(bytes);
    for (;;) {
        auto body = frames_.next();
        if (!body) throw std::runtime_error(describe(body.error()));
        if (!*body) return;
        auto message = messages::decodeToEngine(**body);
        if (!message) throw std::runtime_error(describe(message.error()));
        heard_.push_back(std::move(*message));
    }
}

}  // namespace finebrush::testing
