#pragma once

#include "core/session/current_project.h"
#include "core/session/engine/adapt_request.h"
#include "core/session/engine/cell_predictions.h"
#include "core/session/engine/engine_connection.h"
#include "core/session/engine/mask_prompter.h"
#include "core/session/engine/model_list.h"
#include "core/session/images/image_shelf.h"
#include "core/session/worker.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

/// Decides what the engine is asked, and puts what it answers into the project: adaptations, live predictions
/// of the image on the screen, predictions of other images with the adapter that the project has, and what
/// the prompter asks. Owner's thread.
class EngineDirector {
  public:
    using Emit = std::function<void(const SessionEvent&)>;

    EngineDirector(OwnerThread::Post post, EngineLauncher launch, CurrentProject& current,
                   const ImageShelf& shelf, MaskPrompter& prompter, Emit emit);

    EngineState state() const { return preparation_ ? EngineState::Starting : connection_.state(); }
    bool canStop() const;
    const std::optional<messages::Hello>& engine() const { return connection_.engine(); }
    /// Of the adaptation that runs, or else of the last one.
    const std::vector<messages::StepMetrics>& metrics() const { return run_.metrics; }

    /// Calls a function when the labels are complete, at once or later.
    using WhenLabelled = std::function<void(std::function<void()>)>;
    void adapt(const messages::AdaptationSettings& settings, const WhenLabelled& whenLabelled);
    void stop();
    /// The classes of an adapter, or why the engine refuses it.
    using Tried = std::function<void(const Result<std::vector<messages::ClassInfo>>&)>;
    /// Lets the engine load an adapter that is not the project's (yet), with the network that is chosen
    /// there, as soon as it has time; an adaptation that begins before, another project and an engine that is
    /// lost end that without an answer. Does nothing while it loads another one.
    void tryAdapter(std::shared_ptr<const messages::AdapterFiles> files, Tried done);
    /// Makes an adapter that the engine takes the project's, as if an adaptation had ended with it.
    void takeOver(AdaptationRun run, int cellLevel);

    void pause() { connection_.pause(); }
    void resume() { connection_.resume(); }

    /// All edits of the project are on the disk: what the engine kept for an interruption may go.
    void projectDurable();
    /// An engine that was lost may be started again.
    void wishForEngine() { mayStartEngine_ = true; }
    /// The same, and an adapter that was refused may be tried again.
    void wishToPredict();
    /// Sends what a worker makes; false where the engine cannot be asked now. Starts it where it is off.
    bool ask(std::function<messages::ToEngine()> make);

    const ModelList& models() const { return models_; }
    /// Offers these checkpoints and asks what they are; starts the engine where it is off.
    void describeModels(const std::vector<std::string>& files);
    /// Prompts are answered by the network that is chosen in the project of now, at the size that is chosen.
    void useChosenModel();

    /// An image is predicted, or why it cannot be.
    using Predicted = std::function<void(const Result<void>&)>;
    /// True where images can be predicted now or later.
    bool canPredict() const;
    /// True where the engine has nothing else to do: what is on the screen is predicted. Starts it where it
    /// is off.
    bool hasTime();
    /// Calls a function whenever the engine may have time, or cannot predict any more.
    void setHasTime(std::function<void()> hasTime) { tellTime_ = std::move(hasTime); }
    /// Asks for the final prediction of an image, or of a cell of a large one, where the engine `hasTime`.
    /// Once there is an answer, the project keeps it. None comes where an adaptation begins, nor from an
    /// engine that is lost.
    void predictLater(const std::shared_ptr<const OpenedImage>& image, const std::optional<CellAddress>& cell,
                      Predicted done);
    /// Gives up waiting for that.
    void forgetLater() { later_.reset(); }
    /// The level of detail at which a large image is predicted.
    int cellLevel(const OpenedImage& image) const;
    /// True where there is a final prediction of a cell.
    bool isPredicted(const ImageId& id, const CellAddress& cell) const { return cells_.isFinal(id, cell); }
    /// True where the adapter of now has predicted a picture, and saw it as it is to be shown.
    bool isPredicted(const OpenedImage& image) const;
    /// The same of all of any image.
    bool isWhollyPredicted(const ProjectImage& image) const;
    /// Drops what is predicted of a large image where the adapter saw it in another way than it is to be
    /// shown.
    void dropOutdatedCells(const OpenedImage& image);

    /// Another image is on the screen. One that has only been predicted quickly is asked for again: the
    /// engine keeps no more than the newest of those, and now refines this one first.
    void imageShown();
    /// It is shown in another way, as was chosen: where a network sees what is displayed, its prediction is
    /// made again.
    void displaySettled() { followShown(); }
    /// Another part of it is seen.
    void viewMoved(const RectInImage& seen);
    /// What was predicted of a large image; null: nothing.
    std::shared_ptr<const LabelMap> predictedCells(const ImageId& id) const { return cells_.of(id); }
    /// Of the last adaptation what was predicted when it began, else what it predicted first; null: nothing.
    PredictionPtr earlierPrediction(const ImageId& id) const;
    std::shared_ptr<const LabelMap> earlierCells(const ImageId& id) const { return cells_.earlierOf(id); }
    /// Ends what the engine does for the project of now.
    void clear();
    /// Takes over the last run of the project of now.
    void load();

  private:
    using Frame = std::vector<uint8_t>;

    /// The number of the next request.
    int64_t nextId() { return ++lastId_; }
    /// False where no request was being made.
    bool endPreparation();
    void followShown();
    void prepare(const messages::AdaptationSettings& settings, const std::stop_source& stop);
    void begin(Result<AdaptRequest> request, const messages::AdaptationSettings& settings);
    void askForPrediction();
    void sendPicture(const std::shared_ptr<const OpenedImage>& image, const AdaptationRun& run);
    /// How a network with these settings sees an image, as that of a KeptPrediction.
    std::optional<DisplayMapping> seenFor(const OpenedImage& image,
                                          const messages::AdaptationSettings& settings) const;
    /// False where such a network would see what somebody only tries out.
    bool isSettled(const OpenedImage& image, const messages::AdaptationSettings& settings) const;
    /// How the network saw what the engine knows by a name, as it was asked for last.
    std::optional<DisplayMapping> seenAs(const std::string& name) const;
    void interruptLater();
    /// `askForPrediction` of a large image: one cell at a time.
    void askForCell(const std::shared_ptr<const OpenedImage>& shown, const AdaptationRun& run);
    void sendCell(const std::shared_ptr<const OpenedImage>& shown, const CellAddress& cell, bool isPreview,
                  const messages::AdaptationSettings& settings, const std::optional<DisplayMapping>& shownAs);
    void onCell(const ImageCell& place, const messages::Prediction& prediction);
    /// Packs the final prediction of a cell on a worker, and lets the project keep it.
    void keepCell(const ImageCell& place);
    void showKeptCells();
    /// Answers whoever asked for this while there was time.
    void endLater(const std::string& name, const Result<void>& outcome);
    /// No answer comes any more.
    void dropAsked();
    bool loadAdapter();
    void askAboutTrial();
    void endTrial(const Result<std::vector<messages::ClassInfo>>& outcome);
    void keepRun();
    void showPreview();
    /// What belongs to the project is not sent once there is another.
    enum class Concerns { Project, Engine };
    /// Encodes on a worker, since pixels may be many, and sends in the order of the calls. `requestId` is
    /// that of the message, for where it cannot be encoded.
    void sendLater(messages::ToEngine message, Concerns concerns = Concerns::Project, int64_t requestId = 0);
    void sendFrame(std::function<Frame()> make, Concerns concerns = Concerns::Project, int64_t requestId = 0);

    void greet();
    void askForModels();
    void onStateChanged();
    void onLost(const Error& error);
    void onReceived(const messages::FromEngine& message);
    void on(const messages::Hello&) {}
    void on(const messages::Progress& progress);
    void on(const messages::StepMetrics& metrics);
    void on(const messages::TrainingSaved& saved) { savedStep_ = saved.step; }
    void on(const messages::Prediction& prediction);
    void on(const messages::Adapted& outcome);
    void on(const messages::AdapterLoaded& loaded);
    void on(const messages::Failed& failed);
    void on(const messages::Warned& warned) { emit_(Notice{warned.error}); }
    void on(const messages::ModelDescribed& described) { models_.on(described); }
    void on(const messages::ModelRefused& refused) { models_.on(refused); }
    void on(const messages::ViewEmbedded& embedded) { prompter_.on(embedded); }
    void on(const messages::ProposedMasks& proposed) { prompter_.on(proposed); }
    void on(const messages::PromptFailed& failed) { prompter_.on(failed); }

    ModelList models_;
    CurrentProject& current_;
    const ImageShelf& shelf_;
    MaskPrompter& prompter_;
    Emit emit_;
    EngineConnection connection_;
    Worker encoder_;
    Worker packer_;
    std::function<void()> tellTime_ = [] {};

    int64_t lastId_ = 0;                           ///< of all requests
    std::optional<std::stop_source> preparation_;  ///< of the adaptation whose request is being made
    int64_t adaptationId_ = 0;                     ///< of the adaptation that was begun last
    AdaptationRun run_;                            ///< that runs, or the last one
    TaughtDisplay taught_;                         ///< of the adaptation that was begun last
    int savedStep_ = 0;      ///< of the adaptation that runs: where the next one may go on
    bool isStored_ = true;   ///< the last adaptation's result is on the disk
    std::string previewed_;  ///< by the name that the engine knows
    std::optional<DisplayMapping> previewedAs_;  ///< how it sees that, as `seenFor`
    int cellLevel_ = 0;                          ///< of the adaptation that was begun last
    std::map<ImageId, KeptPredictionPtr> earlier_;
    CellPredictions cells_;
    RectInImage seen_;

    /// What is known of the project's adapter: `Given` where the engine made it, or was sent it.
    enum class AdapterState { Absent, Given, Refused };
    AdapterState adapter_ = AdapterState::Absent;
    int64_t adapterId_ = 0;  ///< of the request that sent it last
    struct Trial {
        std::shared_ptr<const messages::AdapterFiles> files;
        Tried done;
        int64_t requestId = 0;  ///< 0: the engine was not asked yet
    };
    std::optional<Trial> trial_;    ///< of an adapter that is not the project's
    bool mayStartEngine_ = true;    ///< false after it was lost, until the person wishes for it again
    bool isGreeted_ = false;        ///< the engine that is connected
    bool wantsModels_ = false;      ///< the person has asked what they are
    messages::UseModel usedModel_;  ///< by the engine, for prompts
    struct Asked {
        int64_t id = 0;
        std::optional<DisplayMapping> seenAs;
    };
    /// The requests for predictions that have not come yet, by the same names.
    std::map<std::string, Asked> asked_;
    struct Later {
        std::string name;  ///< that the engine knows
        Predicted done;
        bool isInterrupted = false;  ///< by another image, so that the engine may have dropped it
    };
    std::optional<Later> later_;  ///< the prediction that was asked for since there is time
};

}  // namespace finebrush
