#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

class MaskPrompter;

/// Segments an object by prompts: a click says that it is the object, the right button (or Alt) that it is
/// not, a drag draws a box around it. The mask that the engine proposes is filled on Enter or a double click;
/// Tab goes on to another mask.
class SamTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void takeUp() override;
    void putDown() override;
    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override;
    void complete() override;
    void stepBack() override;
    void hover(std::optional<PointInImage> point) override;
    void chooseNext(int step) override;
    void viewMoved() override;
    void follow() override;
    std::optional<ToolSketch> sketch() const override;

  private:
    struct Press {
        PointInImage from;
        PointInImage to;
        bool isObject;
    };
    MaskPrompter& prompter() const;
    /// Whether the button was drawn so far that a box is meant.
    bool isBox(const Press& press) const;

    std::optional<Press> press_;
    bool completing_ = false;  ///< to be filled as soon as the mask has come
};

}  // namespace finebrush
