#pragma once

#include "core/base/geometry.h"
#include "core/image/display/display_mapping.h"
#include "core/labels/pixel_region.h"
#include "core/messages/messages.h"
#include "core/session/engine/engine_state.h"
#include "core/session/session_events.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace finebrush {

/// What the network takes for the object that is meant.
struct MaskProposal {
    std::shared_ptr<const PixelRegion> region;
    int place = 0;  ///< among the masks of this answer, from 0
    int count = 0;
    double iou = 0;        ///< the quality that the network expects
    bool isHover = false;  ///< what a click under the pointer would propose
};

/// The clicks and the box that are put on the image on the screen, and the newest mask that the engine
/// proposes for them. While the tool is in the hand, the part of the image that is seen is embedded ahead.
/// One question is out at a time, and the next one is the newest: what is outdated is never asked. Owner's
/// thread; nothing blocks. Each change ends in PromptsChanged.
class MaskPrompter {
  public:
    using Clock = std::chrono::steady_clock;
    /// The way to the engine.
    struct Engine {
        using MakeMessage = std::function<messages::ToEngine()>;
        /// The person wants an engine: one that was lost may be started again.
        std::function<void()> wish;
        /// Sends what a worker makes; false where the engine cannot be asked now. Starts it where it may.
        std::function<bool(MakeMessage)> ask;
        std::function<EngineState()> state;
    };
    enum class State {
        Resting,    ///< no tool, or no image
        Preparing,  ///< the view is being embedded, or the engine starts
        Ready,
        Proposing,  ///< an answer to the newest prompts has not come yet
        Failed,     ///< until the person wishes for it again
    };

    MaskPrompter(Engine engine, std::function<std::shared_ptr<const OpenedImage>()> shown,
                 std::function<void(const SessionEvent&)> emit,
                 std::function<Clock::time_point()> now = Clock::now);

    // ---- the tool ----
    void takeUp();
    /// Drops the prompts.
    void putDown();
    /// What of the image is seen; empty: all.
    void setVisible(const RectInImage& rect);
    void addPoint(PointInImage point, bool isObject);
    /// A box between two corners, in place of the one before.
    void setBox(PointInImage corner, PointInImage opposite);
    void removeLast();
    void clear();
    /// Proposes what a click here would, where the engine has time and answers fast enough for a preview;
    /// empty: the pointer is elsewhere.
    void hover(std::optional<PointInImage> point);
    /// Goes on to another mask of the answer; negative steps go back.
    void chooseNext(int step);

    State state() const;
    bool hasPrompts() const { return !prompts_.empty(); }
    std::vector<messages::PromptPoint> points() const;
    std::optional<messages::PromptBox> box() const;
    /// Of the prompts, or, where there are none, of the pointer's place. While another one is awaited, the
    /// one of before.
    std::optional<MaskProposal> proposal() const;
    /// True where `proposal` is that of all prompts.
    bool isSettled() const { return hasPrompts() && answered_ == version_; }

    // ---- the image and the engine ----
    /// Drops the prompts and what was asked: the image is about to change.
    void forget();
    /// Another image is on the screen.
    void imageShown();
    /// It is shown in a way that was chosen: what is embedded is of that. What somebody is only trying out is
    /// never embedded.
    void displaySettled();
    void engineChanged();
    void engineLost();
    /// Prompts are answered by another network from now on.
    void modelChanged();
    void on(const messages::ViewEmbedded& embedded);
    void on(const messages::ProposedMasks& proposed);
    void on(const messages::PromptFailed& failed);

  private:
    using Prompt = std::variant<messages::PromptPoint, messages::PromptBox>;

    struct View {
        std::string id;
        RectInImage rect;
        DisplayMapping display;  ///< by which the network sees it
        enum class Stage { Asked, Embedded, Refused } stage = Stage::Asked;
    };
    struct Mask {
        std::shared_ptr<const PixelRegion> region;
        double iou = 0;
    };

    RectInImage wantedTile() const;
    /// The view is that of a part of the image as it is shown.
    bool isViewOf(const RectInImage& tile) const;
    /// What failed may be tried again.
    void wish();
    /// Forgets all where another image is on the screen now.
    void followImage();
    void forgetQuestions();
    /// The prompts, or the pointer's place, are others now.
    void changed();
    /// Asks what is to be asked next.
    void proceed();
    void askForView(const std::shared_ptr<const OpenedImage>& image, const RectInImage& tile);
    void askForMasks();
    /// Whether there is time for what is not clicked.
    bool canHover() const;
    void dropAnswer();
    void say() { emit_(PromptsChanged{}); }

    Engine engine_;
    std::function<std::shared_ptr<const OpenedImage>()> shown_;
    std::function<void(const SessionEvent&)> emit_;
    std::function<Clock::time_point()> now_;

    bool inHand_ = false;
    ImageId imageId_;         ///< that all below is about
    DisplayMapping display_;  ///< how it is shown, as it was chosen last
    RectInImage visible_;
    std::vector<Prompt> prompts_;          ///< in the order in which they came
    std::optional<PointInImage> pointer_;  ///< for a hover
    int64_t version_ = 0;                  ///< counts the changes of prompts and pointer
    int64_t asked_ = 0;                    ///< the version that is asked for; 0: none is out
    int64_t answered_ = 0;                 ///< the version that `masks_` belong to
    Clock::time_point askedAt_;
    int slowAnswers_ = 0;  ///< in a row, up to the newest

    int64_t viewCount_ = 0;
    std::optional<View> view_;
    std::vector<Mask> masks_;
    size_t chosen_ = 0;
    bool isHoverAnswer_ = false;
};

}  // namespace finebrush
