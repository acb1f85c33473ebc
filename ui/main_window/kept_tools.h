#pragma once

#include <QObject>
#include <QTimer>

namespace finebrush {

class Preferences;
class ResultDock;
class ToolBox;

/// Keeps from one run to the next how the person works: the tool that paints, its size or tolerance, and how
/// labels and prediction cover the image. What changes is kept once it has settled.
class KeptTools : public QObject {
    Q_OBJECT

  public:
    /// Takes up what was kept.
    KeptTools(ToolBox& toolBox, ResultDock& resultDock, Preferences& preferences, QObject* parent);

    /// Keeps what is so now.
    void save();

  private:
    void restore();

    ToolBox& toolBox_;
    ResultDock& resultDock_;
    Preferences& preferences_;
    QTimer settled_;
};

}  // namespace finebrush
