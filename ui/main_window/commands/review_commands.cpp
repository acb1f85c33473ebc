#include "ui/main_window/commands/review_commands.h"

#include "ui/bridge/session_bridge.h"
#include "ui/main_window/commands/main_actions.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace finebrush {

ReviewCommands::ReviewCommands(SessionBridge& bridge, const MainActions& actions, QObject* parent)
    : QObject(parent), bridge_(bridge), actions_(actions) {
    join(Command::MarkDone, ReviewState::Done);
    join(Command::MarkToCheck, ReviewState::ToCheck);
    connect(&actions_[Command::NextNotDone], &QAction::triggered, this, &ReviewCommands::showNext);
    connect(&actions_[Command::ExportOnlyDone], &QAction::toggled, this,
            [this](bool only) { bridge_.session().setExportsOnlyDone(only); });
    connect(&bridge_, &SessionBridge::projectChanged, this, &ReviewCommands::follow);
    connect(&bridge_, &SessionBridge::imagesChanged, this, &ReviewCommands::follow);
    connect(&bridge_, &SessionBridge::imageShown, this, &ReviewCommands::follow);
    follow();
}

void ReviewCommands::join(Command command, ReviewState review) {
    connect(&actions_[command], &QAction::triggered, this, [this, review](bool isMarked) {
        const auto shown = bridge_.session().shownImage();
        if (shown) bridge_.session().setReview({shown->id}, isMarked ? review : ReviewState::Open);
    });
}

std::optional<ImageId> ReviewCommands::nextNotDone() const {
    const Session& session = bridge_.session();
    const auto shown = session.shownImage();
    const std::vector<ImageEntry>& images = session.images();
    const std::vector<ImageGroup>& groups = session.imageGroups();
    const auto entry = shown ? std::ranges::find(images, shown->id, &ImageEntry::id) : images.end();
    const size_t current = rowOf(groups, static_cast<size_t>(entry - images.begin()));
    const size_t before = current == groups.size() ? current - 1 : current;  // all rows where none is shown
    for (size_t i = 1; i <= groups.size(); ++i) {
        const size_t row = (before + i) % groups.size();
        if (row != current && groups[row].review != ReviewState::Done) return images[groups[row].front].id;
    }
    return std::nullopt;
}

void ReviewCommands::showNext() {
    const auto next = nextNotDone();
    if (next) bridge_.session().showImage(*next);
}

void ReviewCommands::follow() {
    const Session& session = bridge_.session();
    const auto shown = session.shownImage();
    const auto entry =
        shown ? std::ranges::find(session.images(), shown->id, &ImageEntry::id) : session.images().end();
    const bool isListed = entry != session.images().end();
    const auto followMark = [&](Command command, ReviewState review) {
        actions_[command].setEnabled(isListed);
        actions_[command].setChecked(isListed && entry->review == review);
    };
    followMark(Command::MarkDone, ReviewState::Done);
    followMark(Command::MarkToCheck, ReviewState::ToCheck);
    actions_[Command::NextNotDone].setEnabled(nextNotDone().has_value());
}

}  // namespace finebrush
