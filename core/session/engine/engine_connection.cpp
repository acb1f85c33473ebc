#include "core/session/engine/engine_connection.h"

#include "core/base/log.h"

#include <utility>

namespace finebrush {

namespace {

/// True where a later message of the same arrival makes this one worthless.
bool isOutdated(const std::vector<messages::FromEngine>& arrived, size_t index) {
    const auto isOutdatedBy = [&](const messages::FromEngine& later) {
        if (later.index() != arrived[index].index()) return false;
        if (std::holds_alternative<messages::Progress>(later)) return true;
        const auto* prediction = std::get_if<messages::Prediction>(&arrived[index]);
        return prediction && prediction->imageId == std::get<messages::Prediction>(later).imageId;
    };
    for (size_t i = index + 1; i < arrived.size(); ++i) {
        if (isOutdatedBy(arrived[i])) return true;
    }
    return false;
}

}  // namespace

EngineConnection::EngineConnection(OwnerThread::Post post, EngineLauncher launch, Events events)
    : owner_(std::move(post)), launch_(std::move(launch)), events_(std::move(events)) {}

EngineConnection::~EngineConnection() {
    ++generation_;
    if (transport_) transport_->kill();
}

void EngineConnection::start() {
    if (state_ != EngineState::Off) return;
    reader_ = {};
    const uint64_t generation = ++generation_;
    EngineTransport::Events events;
    events.received = [this, generation](std::span<const uint8_t> bytes) {
        if (generation == generation_) onBytes(bytes);
    };
    events.ended = [this, generation](const std::string& reason) {
        if (generation == generation_) onEnded(reason);
    };
    Result<std::unique_ptr<EngineTransport>> launched = launch_(std::move(events));
    if (!launched) {
        lose(launched.error());
        return;
    }
    transport_ = std::move(*launched);
    setState(EngineState::Starting);
    messages::Hello hello;
    hello.version = FINEBRUSH_VERSION;
    transport_->send(messages::encode(messages::ToEngine(hello)));
}

void EngineConnection::shutDown() {
    dropTransport();
    setState(EngineState::Off);
}

void EngineConnection::adapt(std::vector<uint8_t> frame, int64_t requestId) {
    if (!canAdapt(state_) && state_ != EngineState::Starting) return;
    adaptationId_ = requestId;
    if (state_ == EngineState::Idle) {
        transport_->send(std::move(frame));
        setState(EngineState::Adapting);
        return;
    }
    waitingAdaptation_ = std::move(frame);
    start();
}

void EngineConnection::pause() {
    if (!canPause(state_)) return;
    send(messages::encode(messages::ToEngine(messages::Pause{})));
    setState(EngineState::Paused);
}

void EngineConnection::resume() {
    if (!canResume(state_)) return;
    send(messages::encode(messages::ToEngine(messages::Resume{})));
    setState(EngineState::Adapting);
}

void EngineConnection::stop() {
    waitingAdaptation_.clear();
    if (!canStop(state_)) return;
    send(messages::encode(messages::ToEngine(messages::Stop{})));
    setState(EngineState::Stopping);
}

void EngineConnection::send(std::vector<uint8_t> frame) {
    if (engine_) transport_->send(std::move(frame));
}

void EngineConnection::setState(EngineState state) {
    if (state_ == state) return;
    state_ = state;
    events_.stateChanged();
}

void EngineConnection::onBytes(std::span<const uint8_t> bytes) {
    reader_.append(bytes);
    std::vector<messages::FromEngine> arrived;
    std::optional<Error> problem;
    while (!problem) {
        auto body = reader_.next();
        if (!body) {
            problem = body.error();
            break;
        }
        if (!*body) break;
        Result<messages::FromEngine> message = messages::decodeFromEngine(**body);
        if (message) {
            arrived.push_back(std::move(*message));
        } else {
            problem = message.error();
        }
    }
    // Whoever hears a message may end the engine; the rest is then of no concern.
    const uint64_t generation = generation_;
    for (size_t i = 0; i < arrived.size() && generation == generation_; ++i) {
        if (isOutdated(arrived, i)) continue;
        engine_ ? onMessage(arrived[i]) : onHello(arrived[i]);
    }
    if (problem && generation == generation_) lose(*problem);
}

void EngineConnection::onHello(const messages::FromEngine& first) {
    if (const auto* refusal = std::get_if<messages::Failed>(&first)) return lose(refusal->error);
    const auto* hello = std::get_if<messages::Hello>(&first);
    if (!hello) return lose({ErrorCode::ProtocolMalformed, {"the first one is no hello"}, {}});
    if (hello->protocolVersion != messages::kProtocolVersion) {
        return lose({ErrorCode::ProtocolMismatch,
                     {std::to_string(hello->protocolVersion), std::to_string(messages::kProtocolVersion)},
                     {}});
    }
    engine_ = *hello;
    if (waitingAdaptation_.empty()) {
        setState(EngineState::Idle);
    } else {
        transport_->send(std::exchange(waitingAdaptation_, {}));
        setState(EngineState::Adapting);
    }
}

void EngineConnection::onMessage(const messages::FromEngine& message) {
    // The state follows the message, so that who waits for an engine with time finds all it said taken in.
    const uint64_t generation = generation_;
    events_.received(message);
    if (generation != generation_) return;
    if (endsAdaptation(message) && isAdapting(state_)) setState(EngineState::Idle);
}

bool EngineConnection::endsAdaptation(const messages::FromEngine& message) const {
    const auto* failed = std::get_if<messages::Failed>(&message);
    return failed ? failed->requestId == adaptationId_ : std::holds_alternative<messages::Adapted>(message);
}

void EngineConnection::onEnded(const std::string& reason) {
    lose({ErrorCode::EngineDied, {reason}, {}});
}

void EngineConnection::lose(const Error& error) {
    logWarning("engine: " + describe(error));
    dropTransport();
    setState(EngineState::Off);
    events_.lost(error);
}

void EngineConnection::dropTransport() {
    ++generation_;
    if (transport_) {
        transport_->kill();
        // This may run within the transport's own callback, which it must survive.
        owner_.post([finished = std::shared_ptr<EngineTransport>(std::move(transport_))] {});
    }
    engine_.reset();
    waitingAdaptation_.clear();
}

}  // namespace finebrush
