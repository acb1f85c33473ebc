#pragma once

#include "ui/tools/tool_box.h"

#include <QToolBar>

class QSlider;
class QSpinBox;

namespace finebrush {

class MainActions;
class PaintOverBox;
class PaintValuesBox;
class SessionBridge;

/// The tool bar: files, undo, tools with their size, view, and the way through the images.
class MainToolBar : public QToolBar {
    Q_OBJECT

  public:
    MainToolBar(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox,
                QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void addExportMenu(const MainActions& actions);
    void showKind(ToolKind kind);
    void showDiameter(double diameter);

    ToolBox& toolBox_;
    PaintOverBox* paintOver_;
    PaintValuesBox* paintValues_;
    QSlider* sizeSlider_;
    QSpinBox* sizeBox_;
};

}  // namespace finebrush
