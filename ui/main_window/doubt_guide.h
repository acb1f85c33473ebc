#pragma once

#include "core/session/session.h"

#include <QObject>

#include <vector>

namespace finebrush {

class CanvasView;
class MainActions;
class SessionBridge;

/// Shows where the model is unsure of the image on the screen, and leads from one such place to the next.
/// Rests where no prediction tells.
class DoubtGuide : public QObject {
    Q_OBJECT

  public:
    DoubtGuide(const MainActions& actions, SessionBridge& bridge, CanvasView& canvas, QObject* parent);

  private:
    /// That of the shown image which tells how sure it is, or null.
    PredictionPtr prediction() const;
    void follow();
    void forget();
    void goOn();

    const MainActions& actions_;
    SessionBridge& bridge_;
    CanvasView& canvas_;
    std::vector<PointInImage> seen_;  ///< places of this image that were gone to
};

}  // namespace finebrush
