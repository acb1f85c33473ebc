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

std::optional<ImageGroup> ReviewCommands::nextNotDone() const {
    const Session& session = bridge_.session();
    const auto shown = session.shownImage();
    const std::vector<ImageEntry>& images = session.images();
    std::vector<ImageGroup> groups = session.imageGroups();
    const auto isShown = [&](const ImageGroup& group) {
        const auto first = images.begin() + static_cast<std::ptrdiff_t>(group.first);
        return shown && std::any_of(first, first + static_cast<std::ptrdiff_t>(group.count),
                                    [&](const ImageEntry& entry) { return entry.id == shown->id; });
    };
    const auto current = std::ranges::find_if(groups, isShown);
    if (current != groups.end()) {
        std::rotate(groups.begin(), current + 1, groups.end());
        groups.pop_back();
    }
    const auto next = std::ranges::find_if(
        groups, [](const ImageGroup& group) { return group.review != ReviewState::Done; });
    return next == groups.end() ? std::nullopt : std::optional(*next);
}

void ReviewCommands::showNext() {
    const auto next = nextNotDone();
    if (next) bridge_.session().showImage(bridge_.session().images()[next->front].id);
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
