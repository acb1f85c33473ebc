#pragma once

#include "core/session/session.h"
#include "ui/canvas/overlays/tool_sketch.h"

#include <optional>

namespace finebrush {

class ToolBox;

/// What every tool works with.
struct ToolContext {
    Session& session;
    ToolBox& toolBox;
    double viewScale = 1;          ///< view px per px of the image
    double sizeShare = 1;          ///< of the size, by the pressure of a pen
    RectInImage visibleRect = {};  ///< px of the image that are seen
};

/// Turns the pointer of the canvas, in the image's frame, into edits of the session. What a tool has begun is
/// either finished or cancelled, and leaves one step of the history or none.
class CanvasTool {
  public:
    /// The context must outlive the tool.
    explicit CanvasTool(const ToolContext& context) : context_(context) {}
    virtual ~CanvasTool() = default;
    CanvasTool(const CanvasTool&) = delete;
    CanvasTool& operator=(const CanvasTool&) = delete;

    /// The person takes this tool into the hand, and another one.
    virtual void takeUp() {}
    virtual void putDown() {}
    /// A button goes down; `erases`: it is the right one, or Alt is held.
    virtual void press(PointInImage point, bool erases) = 0;
    /// The pointer moves while the button is down.
    virtual void move(PointInImage) {}
    virtual void release() {}
    /// Leaves the labels as they were before.
    virtual void cancel() {}
    /// Enter or a double click: what stays open between clicks is done.
    virtual void complete() {}
    /// Backspace: takes the last click back.
    virtual void stepBack() {}
    /// The pointer is over this point without a button; empty: it has left the image.
    virtual void hover(std::optional<PointInImage>) {}
    /// Tab: another one of what the tool proposes; negative steps go back.
    virtual void chooseNext(int) {}
    /// Another part of the image is seen, or the size is another.
    virtual void viewMoved() {}
    /// The session has news of what the tool asked it.
    virtual void follow() {}
    /// What is drawn so far; none while the tool is at rest, or paints at once.
    virtual std::optional<ToolSketch> sketch() const { return std::nullopt; }

  protected:
    Session& session() const { return context_.session; }
    ToolBox& toolBox() const { return context_.toolBox; }
    double viewScale() const { return context_.viewScale; }
    const RectInImage& visibleRect() const { return context_.visibleRect; }
    double sizeShare() const { return context_.sizeShare; }
    /// The value of the current class, or `kUnlabelled`; none where there is nothing to paint with or on.
    std::optional<uint8_t> valueToPaint(bool erases) const;

  private:
    const ToolContext& context_;
};

}  // namespace finebrush
