#include "ui/tools/sam_tool.h"

#include "core/session/engine/mask_prompter.h"

#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kBoxReach = 5;  // view px that a drag goes at least

std::vector<PointInImage> outlineOf(PointInImage from, PointInImage to) {
    return {from, {to.x, from.y}, to, {from.x, to.y}, from};
}

}  // namespace

MaskPrompter& SamTool::prompter() const {
    return session().prompter();
}

void SamTool::takeUp() {
    prompter().setVisible(visibleRect());
    prompter().takeUp();
}

void SamTool::putDown() {
    prompter().putDown();
}

void SamTool::press(PointInImage point, bool erases) {
    if (valueToPaint(false)) press_ = {point, point, !erases};
}

void SamTool::move(PointInImage point) {
    if (press_) press_->to = point;
}

void SamTool::release() {
    const std::optional<Press> press = std::exchange(press_, std::nullopt);
    if (!press) return;
    completing_ = false;
    if (isBox(*press)) {
        prompter().setBox(press->from, press->to);
    } else {
        prompter().addPoint(press->from, press->isObject);
    }
}

void SamTool::cancel() {
    press_.reset();
    completing_ = false;
    prompter().clear();
}

void SamTool::complete() {
    press_.reset();
    const std::optional<uint8_t> value = valueToPaint(false);
    completing_ = value && prompter().hasPrompts() && !prompter().isSettled();
    if (!value || !prompter().isSettled()) return;
    const std::optional<MaskProposal> proposal = prompter().proposal();
    prompter().clear();
    if (proposal) session().fill(*proposal->region, *value);
}

void SamTool::stepBack() {
    completing_ = false;
    prompter().removeLast();
}

void SamTool::hover(std::optional<PointInImage> point) {
    if (!press_ && valueToPaint(false)) prompter().hover(point);
}

void SamTool::chooseNext(int step) {
    prompter().chooseNext(step);
}

void SamTool::viewMoved() {
    prompter().setVisible(visibleRect());
}

void SamTool::follow() {
    if (prompter().state() == MaskPrompter::State::Failed) completing_ = false;
    if (completing_) complete();
}

bool SamTool::isBox(const Press& press) const {
    const double way = std::hypot(press.to.x - press.from.x, press.to.y - press.from.y);
    return press.isObject && way * viewScale() >= kBoxReach;
}

std::optional<ToolSketch> SamTool::sketch() const {
    const MaskPrompter& prompts = prompter();
    const std::optional<uint8_t> value = valueToPaint(false);
    if (!value) return std::nullopt;
    ToolSketch sketch;
    sketch.value = *value;
    sketch.isFilled = false;
    if (press_ && isBox(*press_)) {
        sketch.points = outlineOf(press_->from, press_->to);
    } else if (const auto box = prompts.box()) {
        sketch.points = outlineOf({box->left, box->top}, {box->right, box->bottom});
    }
    for (const messages::PromptPoint& point : prompts.points()) {
        sketch.marks.push_back({{point.x, point.y}, point.isObject});
    }
    if (const auto proposal = prompts.proposal()) sketch.region = proposal->region;
    if (sketch.points.empty() && sketch.marks.empty() && !sketch.region) return std::nullopt;
    sketch.isFleeting = !prompts.hasPrompts();
    return sketch;
}

}  // namespace finebrush
