#include "core/session/labels/label_reviser.h"

#include <utility>

namespace finebrush {

namespace {

/// As many take some 10 ms.
constexpr int64_t kTilesAtOnce = 32;

}  // namespace

void LabelReviser::revise(MakePlan plan, Done done) {
    if (generation_ != current_.generation()) cancel();
    generation_ = current_.generation();
    waiting_.push_back({std::move(plan), std::move(done), current_.project().stepsInEffect()});
    proceed();
}

void LabelReviser::cancel() {
    waiting_.clear();
    if (running_) {
        running_->stop.request_stop();
        if (running_->isWorkedOut) running_.reset();
        say();
    }
    callWaiting();
}

const LabelReviser::Wish* LabelReviser::newest() const {
    if (generation_ != current_.generation()) return nullptr;
    const bool isRunning = running_ && !running_->stop.stop_requested();
    const Wish* last = !waiting_.empty() ? &waiting_.back() : isRunning ? &running_->wish : nullptr;
    return last && current_.project().stepsInEffect() <= last->stepsBefore ? last : nullptr;
}

void LabelReviser::takeBack() {
    if (!canTakeBack()) return;
    if (waiting_.empty()) return cancel();
    waiting_.pop_back();
}

void LabelReviser::paintingEnded() {
    if (!running_ || !running_->isWorkedOut) return;
    // Later: what ends the painting may be the beginning of something else.
    owner_.post([this] { bringIn(); });
}

void LabelReviser::afterwards(std::function<void()> then) {
    afterwards_.push_back(std::move(then));
    callWaiting();
}

bool LabelReviser::isPending() const {
    return !waiting_.empty() || (running_ && !running_->stop.stop_requested());
}

void LabelReviser::callWaiting() {
    if (isPending()) return;
    for (const std::function<void()>& then : std::exchange(afterwards_, {})) then();
}

void LabelReviser::proceed() {
    while (!running_ && !waiting_.empty()) {
        Wish wish = std::move(waiting_.front());
        waiting_.pop_front();
        begin(std::move(wish));
    }
    say();
    callWaiting();
}

void LabelReviser::begin(Wish wish) {
    std::optional<EditPlan> made = wish.plan();
    if (!made) return;
    running_ = Running{std::move(wish), std::make_shared<EditPlan>(std::move(*made)), {}};
    const std::shared_ptr<EditPlan> plan = running_->plan;
    if (plan->tiles() <= kTilesAtOnce) return ended(guarded<void>([&] { return plan->workOut(); }));
    worker_.run<void>(
        [plan, source = running_->stop](const std::stop_token& ending) {
            const std::stop_callback relay(ending, [&] { std::stop_source(source).request_stop(); });
            return plan->workOut(source.get_token());
        },
        [this](const Result<void>& outcome) {
            ended(outcome);
            proceed();
        });
}

void LabelReviser::ended(const Result<void>& outcome) {
    if (!running_->stop.stop_requested() && outcome) {
        running_->isWorkedOut = true;
        return bringIn();
    }
    const bool isFailed = !running_->stop.stop_requested();
    running_.reset();
    if (isFailed) events_.emit(Notice{outcome.error()});
}

void LabelReviser::bringIn() {
    Project& project = current_.project();
    if (!running_ || !running_->isWorkedOut || project.isPainting()) return;
    const Running ready = std::move(*running_);
    running_.reset();
    if (generation_ == current_.generation()) {
        if (project.isOutdated(*ready.plan)) {
            waiting_.push_front(ready.wish);
            return proceed();
        }
        const int64_t stepsBefore = project.stepsInEffect();
        const Result<ProjectEffect> effect =
            guarded<ProjectEffect>([&]() -> Result<ProjectEffect> { return project.bringIn(*ready.plan); });
        for (Wish& wish : waiting_) wish.stepsBefore += project.stepsInEffect() - stepsBefore;
        if (effect) {
            events_.announce(*effect);
            if (ready.wish.done) ready.wish.done(*effect);
        } else {
            events_.emit(Notice{effect.error()});
        }
    }
    proceed();
}

void LabelReviser::say() {
    if (isSaid_ == isWorking()) return;
    isSaid_ = isWorking();
    events_.emit(LabelWork{isSaid_});
    events_.emit(HistoryChanged{});
}

}  // namespace finebrush
