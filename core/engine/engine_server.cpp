#include "core/engine/engine_server.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/caught_error.h"
#include "core/engine/devices.h"
#include "core/engine/model_catalog.h"
#include "core/engine/process_setup.h"
#include "core/image/raster/raw_samples.h"
#include "core/inference/model_file.h"
#include "core/sam/build_sam.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace finebrush {

namespace {

constexpr auto kPreviewInterval = std::chrono::seconds(3);
/// A preview may cost this part of the time between previews, so that training keeps the greater part of the
/// machine.
constexpr double kPreviewShare = 0.25;

template <typename Message>
int64_t requestIdOf([[maybe_unused]] const Message& message) {
    if constexpr (requires { message.requestId; }) return message.requestId;
    return 0;
}

/// True for requests that differ in their number at most.
bool isSameQuestion(const messages::Predict& one, const messages::Predict& other) {
    return one.imageId == other.imageId && one.quick == other.quick && one.pixels == other.pixels;
}

}  // namespace

EngineServer::EngineServer(MessagePipe& pipe, std::filesystem::path checkpoint, size_t unrefinedBytes)
    : pipe_(pipe),
      checkpoint_(std::move(checkpoint)),
      prompts_([this](const messages::FromEngine& answer) { pipe_.send(answer); }, checkpoint_,
               EmbeddingCache(cacheFolder("embeddings"))),
      speeds_(modelSpeedsFile()),
      unrefinedBytes_(unrefinedBytes) {}

void EngineServer::run() {
    while (!pipe_.isClosed()) {
        if (!waiting_.empty()) {
            const messages::ToEngine message = std::move(waiting_.front());
            waiting_.pop_front();
            handle(message);
            continue;
        }
        const auto message = unrefined_.empty() ? pipe_.wait() : pipe_.poll();
        if (!message) {
            fail(message.error());
            return;  // the stream is out of step; nothing after this can be trusted
        }
        if (*message) {
            handle(**message);
        } else if (!unrefined_.empty()) {
            refine();
        }
    }
}

void EngineServer::handle(const messages::ToEngine& message) {
    try {
        std::visit([this](const auto& request) { on(request); }, message);
    } catch (const std::exception&) {
        fail(caughtError(), std::visit([](const auto& request) { return requestIdOf(request); }, message));
    }
}

void EngineServer::on(const messages::Hello& hello) {
    if (hello.protocolVersion != messages::kProtocolVersion) {
        fail({ErrorCode::ProtocolMismatch,
              {std::to_string(messages::kProtocolVersion), std::to_string(hello.protocolVersion)},
              {}});
        return;
    }
    messages::Hello answer;
    answer.version = FINEBRUSH_VERSION;
    answer.threads = useThreads(hello.threads);
    answer.devices = availableDevices();
    answer.models = availableModels(checkpoint_);
    pipe_.send(answer);
}

void EngineServer::on(const messages::Adapt& request) {
    if (adaptation_) {
        return fail({ErrorCode::Internal, {"an adaptation runs already"}, {}}, request.requestId);
    }
    unrefined_.clear();
    adaptation_ = std::make_unique<Adaptation>();
    Result<int> steps = 0;
    try {
        steps = train(request);
    } catch (const std::exception&) {
        steps = failure(caughtError());
    }
    if (!steps) fail(steps.error(), request.requestId);
    const std::optional<messages::ShowPreview> preview = std::exchange(adaptation_->preview, std::nullopt);
    adaptation_.reset();
    giveBackMemory();
    if (steps && preview) predictFirst({preview->imageId, preview->pixels, false, request.requestId}, *steps);
    for (const std::string& model : std::exchange(undescribed_, {})) describeModel(model);
}

Result<int> EngineServer::train(const messages::Adapt& request) {
    if (request.preview) adaptation_->preview = {request.preview->imageId, request.preview->pixels};
    progressed(messages::Stage::LoadingModel, 0);
    training::TrainingRequest job{request.settings, request.classes, request.images};
    if (request.start)
        job.start = training::StartAdapter{*request.start, request.settings.start.value_or("the adapter")};
    if (const auto checked = training::checkRequest(job); !checked) return failure(checked.error());
    useThreads(request.settings.threads);
    model_.reset();  // gives the base network back
    const Result<void> loaded = loadBase(request.settings.device, request.settings.model);
    if (!loaded) return failure(loaded.error());

    if (request.checkpoint) {
        checkpointOfLast_ = pathFromUtf8(*request.checkpoint);
        adaptation_->saver.emplace(checkpointOfLast_, training::fingerprintOf(job, base_));
    }
    const std::optional<training::TrainingState> former = formerTraining();
    auto trained = training::adapt(job, base_, *this, {}, former ? &*former : nullptr);
    if (!trained) {
        if (former && trained.error().code == ErrorCode::CheckpointMismatch)
            removeCheckpoint(checkpointOfLast_);
        return failure(trained.error());
    }
    model_ = std::move(trained->model);
    noteLevel(trained->report.adapter, job.images);
    const int steps = trained->report.steps;
    pipe_.send(std::move(trained->report));
    return steps;
}

std::optional<training::TrainingState> EngineServer::formerTraining() {
    if (!adaptation_->saver) return std::nullopt;
    auto former = adaptation_->saver->load();
    if (!former) {
        logWarning("the training begins anew: " + describe(former.error()));
        return std::nullopt;
    }
    if (!*former) return std::nullopt;
    logInfo("the training goes on from step " + std::to_string((*former)->step()));
    adaptation_->started -=
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>((*former)->seconds));
    pipe_.send(messages::TrainingSaved{(*former)->step()});
    return std::move(*former);
}

void EngineServer::on(const messages::ShowPreview& request) {
    if (!adaptation_) return;
    adaptation_->preview = request;
    adaptation_->nextPreview = Clock::now();
}

void EngineServer::on(const messages::Predict& request) {
    if (adaptation_) {
        adaptation_->asked.push_back(request);
        return;
    }
    if (model_) predictFirst(request, 0);
}

void EngineServer::on(const messages::LoadAdapter& request) {
    if (adaptation_) {
        return fail({ErrorCode::Internal, {"an adapter cannot be loaded while another is trained"}, {}},
                    request.requestId);
    }
    unrefined_.clear();
    model_.reset();  // gives the base network back
    if (const auto loaded = loadBase("auto", request.model); !loaded)
        return fail(loaded.error(), request.requestId);
    auto model = loadModel(request.files, base_, "the adapter");
    if (!model) return fail(model.error(), request.requestId);
    model_ = std::move(*model);
    pipe_.send(messages::AdapterLoaded{model_->classes(), request.requestId});
}

void EngineServer::on(const messages::DescribeModels& request) {
    if (adaptation_) {
        std::ranges::copy(request.models, std::back_inserter(undescribed_));  // it may use the whole machine
        return;
    }
    for (const std::string& model : request.models) describeModel(model);
}

void EngineServer::describeModel(const std::string& model) {
    const std::filesystem::path checkpoint = checkpointOf(model);
    const auto file = checkpointFile(checkpoint);
    auto network = file ? sam::loadSam(*file) : failure(file.error());
    if (!network) {
        pipe_.send(messages::ModelRefused{model, network.error()});
        return;
    }
    const auto device = deviceNamed("auto");
    if (device) (*network)->to(*device);
    messages::ModelInfo info = factsOf(*network, *file);
    info.file = model;
    info.secondsPerView = speeds_.known(*network);
    pipe_.send(messages::ModelDescribed{info});
    if (info.secondsPerView > 0) return;
    info.secondsPerView = speeds_.of(*network);
    pipe_.send(messages::ModelDescribed{info});
}

void EngineServer::on(const messages::UseModel& request) {
    prompts_.use(checkpointOf(request.model), request.inputSize);
}

std::filesystem::path EngineServer::checkpointOf(const std::optional<std::string>& model) const {
    return model && !model->empty() ? pathFromUtf8(*model) : checkpoint_;
}

void EngineServer::on(const messages::Pause&) {
    if (adaptation_) adaptation_->paused = true;
}

void EngineServer::on(const messages::Resume&) {
    if (adaptation_) adaptation_->paused = false;
}

void EngineServer::on(const messages::Stop&) {
    if (!adaptation_) return;
    adaptation_->stopped = true;
    adaptation_->paused = false;
}

void EngineServer::on(const messages::ResultStored&) {
    if (!adaptation_ && !checkpointOfLast_.empty()) removeCheckpoint(std::exchange(checkpointOfLast_, {}));
}

Result<void> EngineServer::loadBase(const std::string& deviceName, const std::optional<std::string>& model) {
    const auto device = deviceNamed(deviceName);
    if (!device) return failure(device.error());
    const std::filesystem::path checkpoint = checkpointOf(model);
    if (base_ && checkpoint == baseCheckpoint_) {
        base_->to(*device);
        return {};
    }
    auto base = loadBaseNetwork(checkpoint, *device);
    if (!base) return failure(base.error());
    base_ = *base;
    baseCheckpoint_ = checkpoint;
    return {};
}

void EngineServer::progressed(messages::Stage stage, double fraction) {
    if (adaptation_ && stage == messages::Stage::Predicting)
        return;  // a preview; the bar shows the adaptation
    messages::Progress progress{stage, fraction, {}};
    if (adaptation_ && fraction > 0.02) {
        const double seconds = std::chrono::duration<double>(Clock::now() - adaptation_->started).count();
        progress.secondsLeft = seconds * (1 - fraction) / fraction;
    }
    pipe_.send(progress);
}

bool EngineServer::shouldStop() {
    while (!pipe_.isClosed()) {
        const bool waits = adaptation_ && adaptation_->paused;
        const auto message = waits ? pipe_.wait() : pipe_.poll();
        if (!message) {
            fail(message.error());
            return true;
        }
        if (!*message) break;
        const bool isForModel = !std::holds_alternative<messages::EmbedView>(**message) &&
                                !std::holds_alternative<messages::PromptMasks>(**message);
        if (!adaptation_ && isForModel) {
            waiting_.push_back(std::move(**message));  // the model is predicting
        } else {
            handle(**message);
        }
    }
    if (adaptation_) return pipe_.isClosed() || adaptation_->stopped;
    return pipe_.isClosed() || (isRefining_ && !waiting_.empty());
}

void EngineServer::stepDone(const messages::StepMetrics& metrics) {
    pipe_.send(metrics);
}

bool EngineServer::wantsState() {
    return adaptation_->saver && adaptation_->saver->isDue();
}

void EngineServer::stateReached(const training::TrainingState& state) {
    if (const auto saved = adaptation_->saver->save(state); !saved) {
        warn(saved.error());
        adaptation_->saver.reset();  // said once
        return;
    }
    pipe_.send(messages::TrainingSaved{state.step()});
}

void EngineServer::modelUpdated(SegmentationModel& model, int step) {
    while (!adaptation_->asked.empty()) {
        const messages::Predict request = std::move(adaptation_->asked.front());
        adaptation_->asked.pop_front();
        predictBeside(model, request, step);
    }
    if (!adaptation_->preview || Clock::now() < adaptation_->nextPreview) return;
    const Clock::time_point begin = Clock::now();
    const messages::ShowPreview shown = *adaptation_->preview;
    if (!predictBeside(model, {shown.imageId, shown.pixels}, step)) {
        adaptation_->nextPreview = Clock::time_point::max();  // not again and again, but of another image
        return;
    }
    const auto pause = std::chrono::duration_cast<Clock::duration>((Clock::now() - begin) / kPreviewShare);
    if (adaptation_->preview->imageId == shown.imageId) {
        adaptation_->nextPreview = Clock::now() + std::max<Clock::duration>(kPreviewInterval, pause);
    }
}

bool EngineServer::predictBeside(SegmentationModel& model, const messages::Predict& request, int step) {
    try {
        predict(model, request, step, Care::Quick, false);
        return true;
    } catch (const std::exception&) {
        warn(caughtError());
        return false;
    }
}

void EngineServer::predictFirst(const messages::Predict& request, int step) {
    const auto known = std::ranges::find(unrefined_, request.imageId,
                                         [](const Unrefined& image) { return image.request.imageId; });
    Unrefined image{request, step};
    bool isPredicted = false;
    if (known != unrefined_.end()) {
        isPredicted = isSameQuestion(known->request, request);
        if (isPredicted) image.step = known->step;
        unrefined_.erase(known);
    }
    if (!isPredicted) predict(*model_, request, step, Care::Quick, request.quick);
    if (!request.quick) refineLater(std::move(image));
}

void EngineServer::refineLater(Unrefined image) {
    unrefined_.push_back(std::move(image));
    size_t bytes = 0;
    for (const Unrefined& kept : unrefined_) bytes += bytesOf(kept.request.pixels);
    while (bytes > unrefinedBytes_ && unrefined_.size() > 1) {
        bytes -= bytesOf(unrefined_.front().request.pixels);
        unrefined_.pop_front();
    }
}

void EngineServer::refine() {
    Unrefined newest = std::move(unrefined_.back());
    unrefined_.pop_back();
    isRefining_ = true;
    bool isDone = true;
    try {
        isDone = predict(*model_, newest.request, newest.step, Care::Thorough, true);
    } catch (const std::exception&) {
        fail(caughtError(), newest.request.requestId);
    }
    isRefining_ = false;
    if (!isDone) refineLater(std::move(newest));
}

bool EngineServer::predict(SegmentationModel& model, const messages::Predict& request, int step, Care care,
                           bool isFinal) {
    ClassPrediction prediction = model.predict(request.pixels, care, *this);
    if (prediction.mask.values.empty()) return false;
    pipe_.send(messages::Prediction{request.imageId, step, isFinal, std::move(prediction.mask),
                                    std::move(prediction.confidence)});
    return true;
}

}  // namespace finebrush
