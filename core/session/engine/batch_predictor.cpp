#include "core/session/engine/batch_predictor.h"

#include "core/base/files.h"
#include "core/image/raster/readable_raster.h"
#include "core/project/input_limits.h"

#include <algorithm>

namespace finebrush {

BatchPredictor::BatchPredictor(OwnerThread::Post post, CurrentProject& current, ImageShelf& shelf,
                               EngineDirector& engine, std::function<void(const SessionEvent&)> emit)
    : current_(current), shelf_(shelf), engine_(engine), emit_(std::move(emit)), worker_(std::move(post)) {}

void BatchPredictor::start() {
    if (isRunning_) return;
    isRunning_ = true;
    engine_.wishToPredict();
    begin();
    say();
    advance();
}

void BatchPredictor::stop() {
    if (isRunning_) end(JobFinished::Kind::StoppedPrediction);
}

void BatchPredictor::forget() {
    if (isRunning_) leave();
}

/// All images, by the adapter of now.
void BatchPredictor::begin() {
    ++round_;
    stop_.request_stop();
    stop_ = {};
    isBusy_ = false;
    isPlanned_ = false;
    runNumber_ = current_.project().lastRunNumber();
    waiting_.clear();
    atWork_.reset();
    tried_.clear();
    predicted_.clear();
    done_ = 0;
    total_ = 0;
    seconds_ = 0;
}

void BatchPredictor::advance() {
    if (!isRunning_) return;
    if (!engine_.canPredict()) return end(JobFinished::Kind::StoppedPrediction);  // why was said
    if (runNumber_ != current_.project().lastRunNumber()) begin();
    if (isBusy_) return;
    if (!isPlanned_) return plan();
    if (!engine_.hasTime()) return;
    atWork_ ? ask() : openNext();
}

void BatchPredictor::plan() {
    std::vector<KnownImage> images;
    for (const ProjectImage& image : current_.project().images()) {
        const ImageRecord& record = image.record;
        if (!record.removed)
            images.push_back({{record.address(), record.id, record.fingerprint},
                              image.labelledPixels() > 0,
                              engine_.isWhollyPredicted(image)});
    }
    run<std::vector<ImageToPredict>>(
        [images = std::move(images)](const std::stop_token& stop) -> Result<std::vector<ImageToPredict>> {
            return imagesToPredict(images, stop);
        },
        [this](const Result<std::vector<ImageToPredict>>& planned) {
            if (planned) return follow(*planned);
            emit_(Notice{planned.error()});
            end(JobFinished::Kind::StoppedPrediction);
        });
}

void BatchPredictor::follow(const std::vector<ImageToPredict>& planned) {
    for (const ImageToPredict& image : planned) {
        const auto tried = tried_.find(toText(image.address));
        if (tried == tried_.end() || tried->second != displayOf(image)) waiting_.push_back(image);
    }
    if (waiting_.empty() && done_ > 0 && predicted_.empty()) return leave();  // all failed, as was said
    if (waiting_.empty()) return end(JobFinished::Kind::PredictedImages);
    isPlanned_ = true;
    total_ = done_ + static_cast<int>(waiting_.size());
    say();
}

ImageToPredict BatchPredictor::takeNext() {
    const auto shown = shelf_.shown();
    auto next = shown ? std::ranges::find(waiting_, shown->id, &ImageToPredict::id) : waiting_.end();
    if (next == waiting_.end()) next = waiting_.begin();
    ImageToPredict image = *next;
    waiting_.erase(next);
    tried_[toText(image.address)] = displayOf(image);
    return image;
}

void BatchPredictor::openNext() {
    while (!waiting_.empty()) {
        const ImageToPredict next = takeNext();
        const ProjectImage* known = current_.project().image(next.id);
        const bool isPredicted = known && engine_.isWhollyPredicted(*known);  // it was looked at meanwhile
        if (!isGone(next) && !isPredicted) return open(next);
        if (isPredicted) predicted_.push_back(pathFromUtf8(toText(next.address)));
        ++done_;
        say();
    }
    plan();  // there may be others by now
}

/// The person has removed it, or the volume that it would be a slice of.
bool BatchPredictor::isGone(const ImageToPredict& planned) const {
    const Project& project = current_.project();
    return planned.id.empty() ? project.imagesOf(planned.address.file).empty() : !project.image(planned.id);
}

std::optional<DisplayMapping> BatchPredictor::displayOf(const ImageToPredict& planned) const {
    const ProjectImage* known = current_.project().image(planned.id);
    return known ? known->record.display : std::nullopt;
}

void BatchPredictor::open(const ImageToPredict& planned) {
    std::optional<ImageRecord> known;
    if (const ProjectImage* image = current_.project().image(planned.id)) known = image->record;
    run<Opened>(
        [planned, known, memory = shelf_.memory()](const std::stop_token&) -> Result<Opened> {
            Opened opened;
            if (known) {
                opened.record = *known;
            } else {
                Result<DescribedImage> described =
                    describeImage(planned.address, planned.fingerprint, memory);
                if (!described) return failure(described.error());
                opened.record = std::move(described->record);
            }
            Result<OpenedImage> image = openImage(opened.record, memory);
            if (!image) return failure(image.error());
            opened.image = std::make_shared<OpenedImage>(std::move(*image));
            return opened;
        },
        [this, planned](Result<Opened> opened) {
            opened ? onOpened(planned, std::move(*opened)) : imageFailed(planned.address, opened.error());
        });
}

void BatchPredictor::onOpened(ImageToPredict planned, Opened opened) {
    if (isGone(planned)) return skip();
    Project& project = current_.project();
    if (planned.id.empty()) {
        // The slice may have been looked at meanwhile.
        const ProjectImage* known = project.imageAt(opened.record.address());
        if (known) opened.image->id = known->record.id;
        if (!known) project.addImage(opened.record);
        planned.id = opened.image->id;
    }
    atWork_ = AtWork{std::move(planned), opened.image};
    if (opened.image->isLarge())
        atWork_->cells = cellsOf(opened.image->pixels.size, engine_.cellLevel(*opened.image));
}

void BatchPredictor::skip() {
    atWork_.reset();
    ++done_;
    say();
}

void BatchPredictor::ask() {
    AtWork& work = *atWork_;
    const ImageId id = work.image->id;
    const ProjectImage* known = current_.project().image(id);
    if (!known) {
        skip();
        return openNext();
    }
    if (!isShownAsChosen(*work.image, known->record)) return open(work.planned);
    std::optional<CellAddress> cell;
    if (work.image->isLarge()) {
        if (!work.isReady) return makeReady(known->record);
        engine_.dropOutdatedCells(*work.image);
        while (work.next < work.cells.size() && engine_.isPredicted(id, work.cells[work.next])) ++work.next;
        if (work.next < work.cells.size()) cell = work.cells[work.next];
    }
    if (work.image->isLarge() ? !cell : engine_.isPredicted(*work.image)) {
        imageDone();
        return openNext();
    }
    asked_ = Clock::now();
    engine_.predictLater(work.image, cell, [this](const Result<void>& answer) { onAnswer(answer); });
}

/// Makes the overviews that cells are read from, and those that tell what a network gets as 0 and as 1.
void BatchPredictor::makeReady(const ImageRecord& record) {
    const OpenedImage& image = *atWork_->image;
    run<std::shared_ptr<const OpenedImage>>(
        [record, raster = image.raster, level = engine_.cellLevel(image), memory = shelf_.memory(),
         range = rangeOf(current_.project().lastRun()->settings)](
            const std::stop_token& stop) -> Result<std::shared_ptr<const OpenedImage>> {
            const TellProgress tell = [](const char*, double) {};
            const int before = raster->coarsestLevel();
            if (const Result<void> made = makeReadable(*raster, level, tell, stop); !made)
                return failure(made.error());
            if (const auto limits = limitsForModel(*raster, range, tell, stop); !limits)
                return failure(limits.error());
            if (raster->coarsestLevel() == before) return nullptr;
            Result<OpenedImage> anew = openImage(record, memory);  // its overview is a better one by now
            if (!anew) return failure(anew.error());
            return std::make_shared<const OpenedImage>(std::move(*anew));
        },
        [this](const Result<std::shared_ptr<const OpenedImage>>& made) {
            if (!atWork_) return;
            if (!made) return imageFailed(atWork_->planned.address, made.error());
            if (*made) atWork_->image = *made;
            atWork_->isReady = true;
        });
}

void BatchPredictor::onAnswer(const Result<void>& answer) {
    if (!atWork_) return;
    seconds_ += std::chrono::duration<double>(Clock::now() - asked_).count();
    if (!answer) return imageFailed(atWork_->planned.address, answer.error());
    if (!atWork_->image->isLarge()) return imageDone();
    ++atWork_->next;
    say();
}

void BatchPredictor::imageDone() {
    predicted_.push_back(pathFromUtf8(toText(atWork_->planned.address)));
    const bool isSlice = atWork_->image->slice.has_value();
    atWork_.reset();
    ++done_;
    say();
    if (!isSlice) return;
    shelf_.followList();  // it is in the list now
    emit_(ImagesChanged{});
}

void BatchPredictor::imageFailed(const ImageAddress& address, const Error& error) {
    emit_(Notice{{ErrorCode::ImageNotPredicted, {toText(address)}, describe(error)}});
    atWork_.reset();
    ++done_;
    say();
}

void BatchPredictor::end(JobFinished::Kind kind) {
    JobFinished finished{kind, std::move(predicted_)};
    leave();
    emit_(finished);
}

void BatchPredictor::leave() {
    begin();
    isRunning_ = false;
    engine_.forgetLater();
    emit_(PredictionWork{});
}

void BatchPredictor::say() {
    PredictionWork work{true, done_, total_};
    const double inImage = atWork_ && !atWork_->cells.empty()
                               ? double(atWork_->next) / static_cast<double>(atWork_->cells.size())
                               : 0;
    if (total_ > 0) work.fraction = (done_ + inImage) / total_;
    if (work.fraction > 0 && seconds_ > 0) work.secondsLeft = seconds_ * (1 - work.fraction) / work.fraction;
    emit_(work);
}

}  // namespace finebrush
