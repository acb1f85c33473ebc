#include "core/session/engine/mask_prompter.h"

#include "core/project/taught_display.h"
#include "core/session/engine/prompt_tile.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr int kNearSide = 4096;  // px

/// A preview that comes later than this is of where the pointer was.
constexpr auto kSlowAnswer = std::chrono::milliseconds(400);
/// One alone may be that of a network which is not warm yet.
constexpr int kSlowInARow = 2;

/// The whole pixels that prompts lie on.
RectInImage boundsOf(const std::vector<messages::PromptPoint>& points,
                     const std::optional<messages::PromptBox>& box) {
    const auto pixel = [](double place) { return static_cast<int>(std::floor(place)); };
    RectInImage bounds;
    for (const messages::PromptPoint& point : points) {
        bounds = bounds.united({pixel(point.x), pixel(point.y), 1, 1});
    }
    if (!box) return bounds;
    const int left = pixel(box->left), top = pixel(box->top);
    return bounds.united({left, top, static_cast<int>(std::ceil(box->right)) - left,
                          static_cast<int>(std::ceil(box->bottom)) - top});
}

std::shared_ptr<const PixelRegion> regionOf(const std::vector<int>& spans, PixelSize image) {
    auto region = std::make_shared<PixelRegion>();
    for (size_t i = 0; i + 2 < spans.size(); i += 3) {
        const RectInImage span{spans[i], spans[i + 1], spans[i + 2], 1};
        region->add(span.intersected(RectInImage::ofSize(image)));
    }
    return region;
}

/// As much as a mask is made of at once, around the middle of a part of a large image.
RectInImage nearPart(const RectInImage& part) {
    const int x = part.x + part.width / 2, y = part.y + part.height / 2;
    const RectInImage around{x - kNearSide / 2, y - kNearSide / 2, kNearSide, kNearSide};
    return around.intersected(part.isEmpty() ? around : part);
}

}  // namespace

MaskPrompter::MaskPrompter(Engine engine, std::function<std::shared_ptr<const OpenedImage>()> shown,
                           std::function<void(const SessionEvent&)> emit,
                           std::function<Clock::time_point()> now)
    : engine_(std::move(engine)), shown_(std::move(shown)), emit_(std::move(emit)), now_(std::move(now)) {}

// ---- the tool ----

void MaskPrompter::takeUp() {
    inHand_ = true;
    wish();
    proceed();
    say();
}

void MaskPrompter::putDown() {
    inHand_ = false;
    pointer_.reset();
    prompts_.clear();
    changed();
}

void MaskPrompter::setVisible(const RectInImage& rect) {
    followImage();
    if (rect == visible_) return;
    visible_ = rect;
    proceed();
}

void MaskPrompter::addPoint(PointInImage point, bool isObject) {
    const auto image = shown_();
    if (!image) return;
    const RectInImage pixel{static_cast<int>(std::floor(point.x)), static_cast<int>(std::floor(point.y)), 1,
                            1};
    if (pixel.intersected(RectInImage::ofSize(image->pixels.size)).isEmpty()) return;
    pointer_.reset();
    prompts_.push_back(messages::PromptPoint{point.x, point.y, isObject});
    wish();
    changed();
}

void MaskPrompter::setBox(PointInImage corner, PointInImage opposite) {
    const auto image = shown_();
    if (!image) return;
    const auto [left, right] = std::minmax(corner.x, opposite.x);
    const auto [top, bottom] = std::minmax(corner.y, opposite.y);
    const messages::PromptBox box{std::max(left, 0.0), std::max(top, 0.0),
                                  std::min(right, double(image->pixels.size.width)),
                                  std::min(bottom, double(image->pixels.size.height))};
    if (box.left >= box.right || box.top >= box.bottom) return;
    pointer_.reset();
    prompts_.push_back(box);
    wish();
    changed();
}

void MaskPrompter::removeLast() {
    if (prompts_.empty()) return;
    prompts_.pop_back();
    changed();
}

void MaskPrompter::clear() {
    if (prompts_.empty()) return;
    prompts_.clear();
    changed();
}

void MaskPrompter::hover(std::optional<PointInImage> point) {
    if (!inHand_ || hasPrompts()) return;
    if (!canHover()) point.reset();
    if (point == pointer_) return;
    pointer_ = point;
    changed();
}

void MaskPrompter::chooseNext(int step) {
    if (masks_.empty()) return;
    const int count = static_cast<int>(masks_.size());
    chosen_ = static_cast<size_t>(((static_cast<int>(chosen_) + step) % count + count) % count);
    say();
}

// ---- what is known ----

MaskPrompter::State MaskPrompter::state() const {
    if (!inHand_ || !shown_()) return State::Resting;
    const bool fits = isViewOf(wantedTile());
    if (fits && view_->stage == View::Stage::Refused) return State::Failed;
    if (!fits || view_->stage == View::Stage::Asked) {
        return engine_.state() == EngineState::Off ? State::Failed : State::Preparing;
    }
    return hasPrompts() && !isSettled() ? State::Proposing : State::Ready;
}

std::vector<messages::PromptPoint> MaskPrompter::points() const {
    std::vector<messages::PromptPoint> points;
    for (const Prompt& prompt : prompts_) {
        if (const auto* point = std::get_if<messages::PromptPoint>(&prompt)) points.push_back(*point);
    }
    return points;
}

std::optional<messages::PromptBox> MaskPrompter::box() const {
    std::optional<messages::PromptBox> newest;
    for (const Prompt& prompt : prompts_) {
        if (const auto* box = std::get_if<messages::PromptBox>(&prompt)) newest = *box;
    }
    return newest;
}

std::optional<MaskProposal> MaskPrompter::proposal() const {
    if (masks_.empty()) return std::nullopt;
    const Mask& mask = masks_[chosen_];
    return MaskProposal{mask.region, static_cast<int>(chosen_), static_cast<int>(masks_.size()), mask.iou,
                        isHoverAnswer_};
}

RectInImage MaskPrompter::wantedTile() const {
    const RectInImage meant = boundsOf(points(), box());
    // The prompts are answered on one view, wherever the person looks meanwhile.
    if (hasPrompts() && view_ && view_->rect.united(meant) == view_->rect) return view_->rect;
    const PixelSize size = shown_()->pixels.size;
    if (shown_()->isLarge()) return promptTile(size, nearPart(meant.isEmpty() ? visible_ : meant));
    return promptTile(size, visible_.isEmpty() ? visible_ : visible_.united(meant));
}

bool MaskPrompter::isViewOf(const RectInImage& tile) const {
    return view_ && view_->rect == tile && view_->display == display_;
}

// ---- asking ----

void MaskPrompter::wish() {
    if (view_ && view_->stage == View::Stage::Refused) view_.reset();
    engine_.wish();
}

void MaskPrompter::changed() {
    ++version_;
    if (!hasPrompts() && !pointer_) dropAnswer();
    proceed();
    say();
}

void MaskPrompter::dropAnswer() {
    masks_.clear();
    chosen_ = 0;
    answered_ = version_;
}

void MaskPrompter::proceed() {
    followImage();
    const auto image = shown_();
    const bool isEmbedding = view_ && view_->stage == View::Stage::Asked;
    if (!inHand_ || !image || isEmbedding || asked_ != 0) return;
    const RectInImage tile = wantedTile();
    if (!isViewOf(tile)) {
        if (asSeen(image->display) == display_) askForView(image, tile);
    } else if (view_->stage == View::Stage::Embedded && answered_ != version_ &&
               (hasPrompts() || (pointer_ && canHover()))) {
        askForMasks();
    }
}

void MaskPrompter::askForView(const std::shared_ptr<const OpenedImage>& image, const RectInImage& tile) {
    const std::string id = std::to_string(++viewCount_);
    const auto whole = [displayed = image->displayed, tile, id]() -> messages::ToEngine {
        return messages::EmbedView{id, tile, promptPicture(*displayed, tile)};
    };
    const auto part = [raster = image->raster, overview = image->overview, display = image->display, tile,
                       id]() -> messages::ToEngine {
        return messages::EmbedView{id, tile, promptPicture(*raster, *overview, display, tile)};
    };
    const bool isAsked = image->isLarge() ? engine_.ask(part) : engine_.ask(whole);
    if (isAsked) view_ = View{id, tile, display_, View::Stage::Asked};
}

void MaskPrompter::askForMasks() {
    messages::PromptMasks request{view_->id, version_, points(), box()};
    if (!hasPrompts()) request.points = {{pointer_->x, pointer_->y, true}};
    if (!engine_.ask([request]() -> messages::ToEngine { return request; })) return;
    asked_ = version_;
    askedAt_ = now_();
}

bool MaskPrompter::canHover() const {
    // Between the steps of a training there is time for what is clicked only. Each click tells anew how fast
    // the answers are.
    return !isAdapting(engine_.state()) && slowAnswers_ < kSlowInARow;
}

// ---- the image and the engine ----

void MaskPrompter::forgetQuestions() {
    view_.reset();
    asked_ = 0;
}

void MaskPrompter::followImage() {
    const auto image = shown_();
    if ((image ? image->id : ImageId()) == imageId_) return;
    forget();
    if (!image) return;
    imageId_ = image->id;
    display_ = asSeen(image->display);
}

void MaskPrompter::forget() {
    imageId_.clear();
    forgetQuestions();
    prompts_.clear();
    pointer_.reset();
    visible_ = {};
    ++version_;
    dropAnswer();
}

void MaskPrompter::imageShown() {
    followImage();
    proceed();
    say();
}

void MaskPrompter::displaySettled() {
    followImage();
    const auto image = shown_();
    if (!image || asSeen(image->display) == display_) return;
    display_ = asSeen(image->display);
    changed();  // the same prompts mean something else
}

void MaskPrompter::engineChanged() {
    proceed();
    say();
}

void MaskPrompter::engineLost() {
    forgetQuestions();
    slowAnswers_ = 0;
    say();
}

void MaskPrompter::modelChanged() {
    forgetQuestions();
    slowAnswers_ = 0;
    ++version_;
    proceed();
    say();
}

void MaskPrompter::on(const messages::ViewEmbedded& embedded) {
    if (!view_ || view_->id != embedded.viewId) return;
    view_->stage = View::Stage::Embedded;
    proceed();
    say();
}

void MaskPrompter::on(const messages::ProposedMasks& proposed) {
    if (asked_ == 0 || proposed.request != asked_) return;
    const int64_t version = std::exchange(asked_, 0);
    slowAnswers_ = now_() - askedAt_ > kSlowAnswer ? slowAnswers_ + 1 : 0;
    const auto image = shown_();
    // A hover may be outdated by the next one and still be shown; prompts are answered whole or not at all.
    if (image && (version == version_ || (!hasPrompts() && pointer_))) {
        masks_.clear();
        chosen_ = 0;
        for (const messages::ProposedMask& mask : proposed.masks) {
            if (mask.level == proposed.usual) chosen_ = masks_.size();
            masks_.push_back({regionOf(mask.spans, image->pixels.size), mask.iou});
        }
        answered_ = version;
        isHoverAnswer_ = !hasPrompts();
    }
    proceed();
    say();
}

void MaskPrompter::on(const messages::PromptFailed& failed) {
    if (!view_ || view_->id != failed.viewId) return;
    asked_ = 0;
    view_->stage = View::Stage::Refused;
    emit_(Notice{failed.error});
    say();
}

}  // namespace finebrush
