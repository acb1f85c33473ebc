#pragma once

namespace finebrush {

/// What the engine is doing, as the window's buttons see it. `Starting`: the process, or the next adaptation,
/// is being made ready.
enum class EngineState { Off, Starting, Idle, Adapting, Paused, Stopping };

constexpr bool canAdapt(EngineState state) {
    return state == EngineState::Off || state == EngineState::Idle;
}
constexpr bool canPause(EngineState state) {
    return state == EngineState::Adapting;
}
constexpr bool canResume(EngineState state) {
    return state == EngineState::Paused;
}
/// A training that can be stopped.
constexpr bool canStop(EngineState state) {
    return state == EngineState::Adapting || state == EngineState::Paused;
}
constexpr bool isAdapting(EngineState state) {
    return canStop(state) || state == EngineState::Stopping;
}

}  // namespace finebrush
