#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

class QListWidget;
class QToolButton;

namespace finebrush {

class SessionBridge;

/// The images of the project with their thumbnails; the selected one is shown.
class ImagesDock : public Dock {
    Q_OBJECT

  public:
    ImagesDock(SessionBridge& bridge, QWidget* parent = nullptr);

    /// Shows the image that many places further in the list; stops at its ends.
    void step(int places);

  signals:
    /// The person wants to choose files to add.
    void addRequested();

  protected:
    void retranslate() override;

  private:
    void rebuild();
    void markPrediction(const ImageId& id);
    void selectShown();
    void showSelected();
    void removeSelected();

    SessionBridge& bridge_;
    QListWidget* list_;
    QToolButton* add_;
    QToolButton* remove_;
};

}  // namespace finebrush
