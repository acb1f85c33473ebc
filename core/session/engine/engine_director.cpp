#include "core/session/engine/engine_director.h"

#include "core/image/raster/raster_window.h"
#include "core/messages/codec.h"
#include "core/session/engine/adaptation_choice.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace finebrush {

namespace {

constexpr char kCellLevelKey[] = "cell_level";

int64_t secondsSince1970() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// How an adapter is to see an image, by what it keeps.
std::optional<DisplayMapping> mappingOf(const AdaptationRun& run, const OpenedImage& image) {
    return mappingForModel(run.settings, shownNow(image), taughtDisplayOf(run.outcome.adapter));
}

/// What a network with these settings sees of the display that a person chose for an image; nothing where
/// nobody chose one, or where it sees raw values.
std::optional<DisplayMapping> seenOf(const messages::AdaptationSettings& settings,
                                     const std::optional<DisplayMapping>& chosen) {
    return chosen && isDisplayed(settings) ? std::optional(asSeen(*chosen)) : std::nullopt;
}

}  // namespace

EngineDirector::EngineDirector(OwnerThread::Post post, EngineLauncher launch, CurrentProject& current,
                               const ImageShelf& shelf, MaskPrompter& prompter, Emit emit)
    : models_(emit),
      current_(current),
      shelf_(shelf),
      prompter_(prompter),
      emit_(std::move(emit)),
      connection_(post, std::move(launch),
                  {.stateChanged = [this] { onStateChanged(); },
                   .received = [this](const messages::FromEngine& message) { onReceived(message); },
                   .lost = [this](const Error& error) { onLost(error); }}),
      encoder_(post),
      packer_(std::move(post)) {}

bool EngineDirector::canStop() const {
    return preparation_ || connection_.hasWaitingAdaptation() || finebrush::canStop(connection_.state());
}

// ---- adaptation ----

void EngineDirector::adapt(const messages::AdaptationSettings& settings, const WhenLabelled& whenLabelled) {
    if (!canAdapt(state())) return;
    const std::stop_source stop = preparation_.emplace();
    mayStartEngine_ = true;
    emit_(EngineStateChanged{});
    whenLabelled([this, settings, stop] {
        if (!stop.stop_requested()) prepare(settings, stop);
    });
}

void EngineDirector::prepare(const messages::AdaptationSettings& settings, const std::stop_source& stop) {
    AdaptInput input;
    input.settings = settings;
    input.classes = current_.project().classes();
    for (const ProjectImage& image : current_.project().images()) {
        if (!image.record.removed && image.labelledPixels() > 0)
            input.labelled.push_back({image.record, image.labels});
    }
    input.preview = shelf_.shown();
    input.checkpoint = current_.trainingPath();
    if (input.preview) input.previewShown = shownNow(*input.preview);
    input.seen = seen_;
    input.memory = shelf_.memory();
    input.requestId = nextId();

    encoder_.run<AdaptRequest>(
        [input, stop](const std::stop_token& ending) {
            const std::stop_callback relay(ending, [&] { std::stop_source(stop).request_stop(); });
            return makeAdaptRequest(input, stop.get_token());
        },
        [this, settings, stop, id = input.requestId,
         previewedAs =
             input.preview ? seenFor(*input.preview, settings) : std::nullopt](Result<AdaptRequest> request) {
            if (stop.stop_requested()) return;
            adaptationId_ = id;
            if (request) previewedAs_ = previewedAs;
            begin(std::move(request), settings);
        });
}

bool EngineDirector::endPreparation() {
    if (!preparation_) return false;
    preparation_->request_stop();
    preparation_.reset();
    return true;
}

void EngineDirector::begin(Result<AdaptRequest> request, const messages::AdaptationSettings& settings) {
    preparation_.reset();
    if (!request) {
        emit_(Notice{request.error()});
        emit_(EngineStateChanged{});
        return followShown();
    }
    for (const Error& problem : request->problems) emit_(Notice{problem});
    previewed_ = request->previewId;
    cellLevel_ = request->cellLevel;
    run_ = {settings, request->classes, {}, {}, 0};
    taught_ = request->taught;
    savedStep_ = 0;
    earlier_ = current_.project().predictions();
    for (const ImageId& id : cells_.outrun()) emit_(PredictionChanged{id});
    current_.project().markClassesTaught();
    adapter_ = AdapterState::Absent;  // the engine takes its network for the training
    trial_.reset();
    later_.reset();
    connection_.adapt(std::move(request->frame), adaptationId_);
    emit_(EngineStateChanged{});
}

void EngineDirector::stop() {
    const bool wasPrepared = endPreparation();
    const bool wasWaiting = connection_.hasWaitingAdaptation();
    connection_.stop();
    if (wasWaiting) showKeptCells();
    if (!wasPrepared && !wasWaiting) return;
    emit_(EngineStateChanged{});
    followShown();
}

void EngineDirector::clear() {
    endPreparation();
    prompter_.forget();
    // An engine that has time is kept: it is warm.
    if (connection_.hasWaitingAdaptation() || isAdapting(connection_.state())) connection_.shutDown();
    adapter_ = AdapterState::Absent;
    trial_.reset();
    dropAsked();
    earlier_.clear();
    cells_ = {};
    run_ = {};
    savedStep_ = 0;
    isStored_ = true;
}

void EngineDirector::load() {
    if (const auto& last = current_.project().lastRun()) run_ = *last;
    cells_.load(current_.project().predictedCells());
    useChosenModel();
}

void EngineDirector::projectDurable() {
    if (!isStored_ && current_.isDurable()) {
        isStored_ = true;
        sendLater(messages::ResultStored{});
    }
}

// ---- predictions ----

void EngineDirector::imageShown() {
    if (const auto shown = shelf_.shown()) asked_.erase(shown->id);
    interruptLater();
    followShown();
}

void EngineDirector::followShown() {
    if (finebrush::canStop(connection_.state())) {
        showPreview();
    } else {
        askForPrediction();
    }
    tellTime_();
}

void EngineDirector::viewMoved(const RectInImage& seen) {
    seen_ = seen;
    const auto shown = shelf_.shown();
    if (shown && shown->isLarge()) followShown();
}

void EngineDirector::showPreview() {
    const auto shown = shelf_.shown();
    if (!shown || !isSettled(*shown, run_.settings)) return;
    const std::optional<DisplayMapping> seenAs = seenFor(*shown, run_.settings);
    if (shown->isLarge()) {
        const int level = std::min(cellLevel_, shown->raster->overviewLevel());
        const CellAddress cell = CellPredictions::middleCell(shown->pixels.size, level, seen_);
        const std::string id = cellId(shown->id, cell);
        const bool isPreviewed = id == previewed_ && seenAs == previewedAs_;
        if (isPreviewed || !shown->raster->canRead(cell.level)) return;
        previewed_ = id;
        previewedAs_ = seenAs;
        return sendCell(shown, cell, true, run_.settings,
                        mappingForModel(run_.settings, shownNow(*shown), taught_));
    }
    if (shown->id == previewed_ && seenAs == previewedAs_) return;
    previewed_ = shown->id;
    previewedAs_ = seenAs;
    sendFrame([shown, shownAs = mappingForModel(run_.settings, shownNow(*shown), taught_)] {
        return messages::encode(messages::ShowPreview{shown->id, pixelsForModel(shown->pixels, shownAs)});
    });
}

void EngineDirector::askForPrediction() {
    const auto shown = shelf_.shown();
    const auto& run = current_.project().lastRun();
    if (!shown || !run || run->outcome.adapter.empty() || !isSettled(*shown, run->settings)) return;
    if (shown->isLarge()) return askForCell(shown, *run);
    if (!asked_.contains(shown->id) && !isPredicted(*shown) && loadAdapter()) sendPicture(shown, *run);
}

void EngineDirector::sendPicture(const std::shared_ptr<const OpenedImage>& image, const AdaptationRun& run) {
    if (later_ && later_->name != image->id) interruptLater();
    const int64_t id = nextId();
    asked_[image->id] = {id, seenFor(*image, run.settings)};
    const auto make = [image, id, shownAs = mappingOf(run, *image)] {
        PixelBuffer pixels = pixelsForModel(image->pixels, shownAs);
        return messages::encode(messages::Predict{image->id, std::move(pixels), false, id});
    };
    sendFrame(make, Concerns::Project, id);
}

void EngineDirector::wishToPredict() {
    wishForEngine();
    if (adapter_ == AdapterState::Refused) adapter_ = AdapterState::Absent;
}

bool EngineDirector::canPredict() const {
    const auto& run = current_.project().lastRun();
    const bool isLost = connection_.state() == EngineState::Off && !mayStartEngine_;
    return run && !run->outcome.adapter.empty() && adapter_ != AdapterState::Refused && !isLost;
}

bool EngineDirector::hasTime() {
    if (!canPredict() || (later_ && !later_->isInterrupted)) return false;
    const auto shown = shelf_.shown();
    const auto isShown = [&](const auto& asked) {
        const auto cell = cellFromId(asked.first);
        return shown && (cell ? cell->image : asked.first) == shown->id;
    };
    return std::ranges::none_of(asked_, isShown) && loadAdapter();
}

void EngineDirector::predictLater(const std::shared_ptr<const OpenedImage>& image,
                                  const std::optional<CellAddress>& cell, Predicted done) {
    const AdaptationRun& run = *current_.project().lastRun();
    later_ = Later{cell ? cellId(image->id, *cell) : image->id, std::move(done)};
    if (cell) return sendCell(image, *cell, false, run.settings, mappingOf(run, *image));
    sendPicture(image, run);
}

/// The engine may drop it for another picture; it never drops cells.
void EngineDirector::interruptLater() {
    if (later_) later_->isInterrupted = !cellFromId(later_->name);
}

void EngineDirector::endLater(const std::string& name, const Result<void>& outcome) {
    if (!later_ || later_->name != name) return;
    const Predicted done = std::exchange(later_, std::nullopt)->done;
    done(outcome);
}

void EngineDirector::dropAsked() {
    asked_.clear();
    later_.reset();
}

/// False where the engine cannot be asked for predictions now.
bool EngineDirector::loadAdapter() {
    if (trial_) return false;
    if (connection_.state() == EngineState::Off && mayStartEngine_) connection_.start();
    if (state() != EngineState::Idle || adapter_ == AdapterState::Refused) return false;
    if (adapter_ == AdapterState::Absent) {
        const auto& run = current_.project().lastRun();
        adapter_ = AdapterState::Given;
        adapterId_ = nextId();
        sendLater(messages::LoadAdapter{run->outcome.adapter, run->settings.model, adapterId_},
                  Concerns::Project, adapterId_);
    }
    return true;
}

void EngineDirector::tryAdapter(std::shared_ptr<const messages::AdapterFiles> files, Tried done) {
    if (trial_ && trial_->requestId != 0) return;
    trial_ = Trial{std::move(files), std::move(done)};
    mayStartEngine_ = true;
    askAboutTrial();
}

void EngineDirector::askAboutTrial() {
    if (!trial_ || trial_->requestId != 0) return;
    if (connection_.state() == EngineState::Off && mayStartEngine_) connection_.start();
    if (state() != EngineState::Idle) return;
    const int64_t id = trial_->requestId = nextId();
    const auto make = [files = trial_->files, model = adaptationChoiceOf(current_.project()).model, id] {
        return messages::encode(messages::LoadAdapter{*files, model, id});
    };
    sendFrame(make, Concerns::Project, id);
}

void EngineDirector::endTrial(const Result<std::vector<messages::ClassInfo>>& outcome) {
    const Tried done = std::exchange(trial_, std::nullopt)->done;
    // The engine no longer holds the project's, but one that it refused it would refuse again.
    if (adapter_ != AdapterState::Refused) adapter_ = AdapterState::Absent;
    dropAsked();
    done(outcome);
    followShown();
}

void EngineDirector::takeOver(AdaptationRun run, int cellLevel) {
    run_ = std::move(run);
    savedStep_ = 0;
    earlier_ = current_.project().predictions();
    for (const ImageId& id : cells_.outrun()) emit_(PredictionChanged{id});
    cellLevel_ = cellLevel;
    current_.project().markClassesTaught();
    adapter_ = AdapterState::Absent;
    dropAsked();
    keepRun();
}

void EngineDirector::askForCell(const std::shared_ptr<const OpenedImage>& shown, const AdaptationRun& run) {
    const auto isCell = [](const auto& asked) { return cellFromId(asked.first).has_value(); };
    if (seen_.isEmpty() || std::ranges::any_of(asked_, isCell)) return;  // one at a time: the person moves on
    dropOutdatedCells(*shown);
    const auto cell = cells_.nextCell(shown->id, shown->pixels.size, cellLevel(*shown), seen_);
    if (!cell || !shown->raster->canRead(cell->level) || !loadAdapter()) return;
    sendCell(shown, *cell, false, run.settings, mappingOf(run, *shown));
}

void EngineDirector::sendCell(const std::shared_ptr<const OpenedImage>& shown, const CellAddress& cell,
                              bool isPreview, const messages::AdaptationSettings& settings,
                              const std::optional<DisplayMapping>& shownAs) {
    const std::string name = cellId(shown->id, cell);
    const int64_t id = isPreview ? 0 : nextId();
    if (!isPreview) asked_[name] = {id, seenFor(*shown, settings)};
    const auto make = [raster = shown->raster, overview = shown->overview, cell, name, id, isPreview,
                       settings, shownAs] {
        // Whoever looks at it is told of what cannot be decoded; the network gets it empty, and goes on.
        const RectInImage rect = cellRect(raster->size(), cell);
        PixelBuffer pixels =
            windowForModel(*raster, cell.level, rect, shownAs, limitsForModel(settings, *overview))
                .value_or(blankWindow(*raster, {rect.width, rect.height}, shownAs));
        if (isPreview) return messages::encode(messages::ShowPreview{name, std::move(pixels)});
        return messages::encode(messages::Predict{name, std::move(pixels), true, id});
    };
    sendFrame(make, Concerns::Project, id);
}

/// That of the last adaptation.
int EngineDirector::cellLevel(const OpenedImage& image) const {
    const std::string text = current_.project().setting(kCellLevelKey);
    int level = 0;
    std::from_chars(text.data(), text.data() + text.size(), level);
    const int coarsest = image.isLarge() ? image.raster->overviewLevel() : 0;
    return std::clamp(level, 0, coarsest);
}

void EngineDirector::onCell(const ImageCell& place, const messages::Prediction& prediction) {
    const ProjectImage* image = current_.project().image(place.image);
    const std::optional<DisplayMapping> seen = seenAs(prediction.imageId);
    asked_.erase(prediction.imageId);
    if (image && cells_.take(place, prediction, image->record.size, seen)) {
        if (prediction.isFinal) keepCell(place);
        emit_(PredictionChanged{place.image});
    } else if (prediction.isFinal) {
        endLater(prediction.imageId, {});  // it is of an image that is gone
    }
    if (connection_.state() == EngineState::Idle) askForPrediction();  // what else is seen
}

/// What the adapter of now predicts, in the place of what came of one that was not finished.
void EngineDirector::showKeptCells() {
    cells_.load(current_.project().predictedCells());
    for (const auto& [id, predicted] : current_.project().predictedCells()) emit_(PredictionChanged{id});
}

void EngineDirector::keepCell(const ImageCell& place) {
    const auto copy = std::make_shared<const LabelMap>(*cells_.of(place.image));  // it changes on
    packer_.run<std::vector<PackedTile>>(
        [copy, cell = place.cell](const std::stop_token&) -> Result<std::vector<PackedTile>> {
            return packCell(*copy, cell);
        },
        [this, place, copy, generation = current_.generation(),
         run = current_.project().lastRunNumber()](Result<std::vector<PackedTile>> tiles) {
            Project& project = current_.project();
            if (generation != current_.generation() || run != project.lastRunNumber()) return;
            if (!cells_.isFinal(place.image, place.cell)) {
                // It is outdated by now.
            } else if (tiles) {
                project.setPredictedCell(place, *tiles, cells_.seenAs(place.image));
                if (const PredictedCells* kept = project.predictedCells(place.image))
                    cells_.share(place.image, *copy, *tiles, kept->labels);
            } else {
                emit_(Notice{tiles.error()});
            }
            endLater(cellId(place.image, place.cell), {});
            tellTime_();
        });
}

std::optional<DisplayMapping> EngineDirector::seenFor(const OpenedImage& image,
                                                      const messages::AdaptationSettings& settings) const {
    const ProjectImage* known = current_.project().image(image.id);
    return known ? seenOf(settings, known->record.display) : std::nullopt;
}

bool EngineDirector::isSettled(const OpenedImage& image, const messages::AdaptationSettings& settings) const {
    const ProjectImage* known = current_.project().image(image.id);
    return !isDisplayed(settings) || (known && isShownAsChosen(image, known->record));
}

bool EngineDirector::isPredicted(const OpenedImage& image) const {
    const KeptPredictionPtr newest = current_.project().prediction(image.id);
    const auto& run = current_.project().lastRun();
    return run && newest && newest->isFinal() && newest->seenAs() == seenFor(image, run->settings);
}

bool EngineDirector::isWhollyPredicted(const ProjectImage& image) const {
    const auto& run = current_.project().lastRun();
    if (!run) return false;
    const std::optional<DisplayMapping> seenAs = seenOf(run->settings, image.record.display);
    const KeptPredictionPtr newest = current_.project().prediction(image.record.id);
    const PredictedCells* cells = current_.project().predictedCells(image.record.id);
    return (newest && newest->isFinal() && newest->seenAs() == seenAs) ||
           (cells && cells->areWhole() && cells->seenAs == seenAs);
}

void EngineDirector::dropOutdatedCells(const OpenedImage& image) {
    const auto& run = current_.project().lastRun();
    if (run && cells_.seeAs(image.id, seenFor(image, run->settings)))
        current_.project().dropPredictedCells(image.id);
}

std::optional<DisplayMapping> EngineDirector::seenAs(const std::string& name) const {
    const auto asked = asked_.find(name);
    if (asked != asked_.end()) return asked->second.seenAs;
    return name == previewed_ ? previewedAs_ : std::nullopt;
}

PredictionPtr EngineDirector::earlierPrediction(const ImageId& id) const {
    const auto found = earlier_.find(id);
    return found == earlier_.end() ? nullptr : found->second->unpacked();
}

bool EngineDirector::ask(std::function<messages::ToEngine()> make) {
    if (connection_.state() == EngineState::Off && mayStartEngine_) connection_.start();
    if (!connection_.engine()) return false;
    sendFrame([make = std::move(make)] { return messages::encode(make()); });
    return true;
}

void EngineDirector::sendLater(messages::ToEngine message, Concerns concerns, int64_t requestId) {
    sendFrame([message = std::make_shared<messages::ToEngine>(
                   std::move(message))] { return messages::encode(*message); },
              concerns, requestId);
}

void EngineDirector::sendFrame(std::function<Frame()> make, Concerns concerns, int64_t requestId) {
    encoder_.run<Frame>([make = std::move(make)](const std::stop_token&) -> Result<Frame> { return make(); },
                        [this, concerns, requestId, generation = current_.generation()](Result<Frame> frame) {
                            if (concerns == Concerns::Project && generation != current_.generation()) return;
                            if (frame) return connection_.send(std::move(*frame));
                            prompter_.engineLost();  // no answer comes
                            on(messages::Failed{frame.error(), requestId});
                            tellTime_();
                        });
}

// ---- what the engine says ----

void EngineDirector::describeModels(const std::vector<std::string>& files) {
    wantsModels_ = true;
    mayStartEngine_ = true;
    models_.setFiles(files);
    if (connection_.state() == EngineState::Off) connection_.start();
    if (connection_.engine()) askForModels();  // else when it says hello
}

void EngineDirector::useChosenModel() {
    const messages::AdaptationSettings choice = adaptationChoiceOf(current_.project());
    const messages::UseModel chosen{choice.model, choice.inputSize};
    if (!connection_.engine() || chosen == usedModel_) return;
    usedModel_ = chosen;
    sendLater(chosen, Concerns::Engine);
    prompter_.modelChanged();
}

void EngineDirector::greet() {
    isGreeted_ = true;
    useChosenModel();
    if (wantsModels_) askForModels();
}

void EngineDirector::askForModels() {
    if (std::vector<std::string> unknown = models_.unknown(); !unknown.empty())
        sendLater(messages::DescribeModels{std::move(unknown)}, Concerns::Engine);
}

void EngineDirector::onStateChanged() {
    if (connection_.engine() && !isGreeted_) greet();
    emit_(EngineStateChanged{});
    if (connection_.engine()) prompter_.engineChanged();
    askAboutTrial();
    // The image may have changed while the engine could not be asked.
    if (connection_.state() == EngineState::Idle || connection_.state() == EngineState::Adapting)
        followShown();
}

void EngineDirector::onLost(const Error& error) {
    adapter_ = AdapterState::Absent;
    trial_.reset();
    isGreeted_ = false;
    usedModel_ = {};
    mayStartEngine_ = false;
    dropAsked();
    const bool goesOn = error.code == ErrorCode::EngineDied && savedStep_ > 0;
    emit_(Notice{goesOn ? Error{ErrorCode::EngineDiedTraining,
                                {error.arguments.front(), std::to_string(savedStep_)},
                                error.detail}
                        : error});
    prompter_.engineLost();
    showKeptCells();
    tellTime_();
}

void EngineDirector::onReceived(const messages::FromEngine& message) {
    std::visit([this](const auto& one) { on(one); }, message);
    tellTime_();
}

void EngineDirector::on(const messages::Progress& progress) {
    emit_(progress);
}

void EngineDirector::on(const messages::StepMetrics& metrics) {
    run_.metrics.push_back(metrics);
    emit_(metrics);
}

void EngineDirector::on(const messages::Prediction& prediction) {
    if (const auto cell = cellFromId(prediction.imageId)) return onCell(*cell, prediction);
    const std::optional<DisplayMapping> seen = seenAs(prediction.imageId);
    if (prediction.isFinal) asked_.erase(prediction.imageId);
    const ProjectImage* image = current_.project().image(prediction.imageId);
    if (!image || image->record.size != prediction.mask.size) {
        // It is of a project or an image that is gone.
        if (prediction.isFinal) endLater(prediction.imageId, {});
        return;
    }
    current_.project().setPrediction(prediction, seen);
    const bool isAskedLater = later_ && later_->name == prediction.imageId;
    if (!prediction.isFinal && !isAskedLater)
        earlier_.try_emplace(prediction.imageId, current_.project().prediction(prediction.imageId));
    emit_(PredictionChanged{prediction.imageId});
    if (!prediction.isFinal) return;
    // It may be shown in another way since it was asked for.
    if (connection_.state() == EngineState::Idle) askForPrediction();
    endLater(prediction.imageId, {});
}

void EngineDirector::on(const messages::Adapted& outcome) {
    run_.outcome = outcome;
    noteTaughtDisplay(run_.outcome.adapter, taught_);
    savedStep_ = 0;
    isStored_ = false;
    adapter_ = AdapterState::Given;
    dropAsked();
    // Its final prediction comes by itself, but for a cell when the training was stopped: that is asked for.
    const bool isComing = !previewed_.empty() && !(outcome.stopped && cellFromId(previewed_));
    if (isComing) asked_[previewed_] = {adaptationId_, previewedAs_};
    keepRun();
}

/// It has ended with an adapter.
void EngineDirector::keepRun() {
    run_.finishedAt = secondsSince1970();
    current_.project().setSetting(kCellLevelKey, std::to_string(cellLevel_));
    cells_.outdate();
    for (const ImageId& id : current_.project().recordRun(run_)) emit_(PredictionChanged{id});
    emit_(run_.outcome);
}

void EngineDirector::on(const messages::AdapterLoaded& loaded) {
    if (trial_ && trial_->requestId != 0 && trial_->requestId == loaded.requestId) endTrial(loaded.classes);
}

/// What belongs to a project or an engine that is gone is of no concern any more.
void EngineDirector::on(const messages::Failed& failed) {
    const int64_t id = failed.requestId;
    if (id == 0) return emit_(Notice{failed.error});
    if (trial_ && trial_->requestId == id) return endTrial(failure(failed.error));
    const bool isAdapter = adapter_ == AdapterState::Given && adapterId_ == id;
    if (isAdapter) adapter_ = AdapterState::Refused;
    const bool endsPredictions = isAdapter || id == adaptationId_;
    const auto asked = std::ranges::find_if(asked_, [&](const auto& one) { return one.second.id == id; });
    const std::string name = asked == asked_.end() ? std::string() : asked->first;
    asked_.erase(name);
    if (endsPredictions) dropAsked();
    if (id == adaptationId_) showKeptCells();
    if (later_ && later_->name == name) return endLater(name, failure(failed.error));
    if (endsPredictions || !name.empty()) emit_(Notice{failed.error});
}

}  // namespace finebrush
