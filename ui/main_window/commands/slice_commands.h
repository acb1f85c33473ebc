#pragma once

#include "core/session/session.h"

#include <QObject>

namespace finebrush {

class MainActions;
class SessionBridge;

/// Leads the commands for slices and views to the volume on the screen; they rest where there is none.
class SliceCommands : public QObject {
    Q_OBJECT

  public:
    SliceCommands(SessionBridge& bridge, const MainActions& actions, QObject* parent);

  private:
    void step(int slices, int frames);
    void turnTo(SliceView view);
    void follow();

    SessionBridge& bridge_;
    const MainActions& actions_;
};

}  // namespace finebrush
