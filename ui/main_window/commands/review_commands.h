#pragma once

#include "core/session/session.h"

#include <QObject>

#include <optional>

namespace finebrush {

enum class Command;
class MainActions;
class SessionBridge;

/// Leads the commands that mark images to the image on the screen, and finds the next one that is not done.
class ReviewCommands : public QObject {
    Q_OBJECT

  public:
    ReviewCommands(SessionBridge& bridge, const MainActions& actions, QObject* parent);

  private:
    void join(Command command, ReviewState review);
    /// What the first row after that of the image on the screen shows, round and round, that is not done;
    /// nothing where no other is.
    std::optional<ImageId> nextNotDone() const;
    void showNext();
    void follow();

    SessionBridge& bridge_;
    const MainActions& actions_;
};

}  // namespace finebrush
