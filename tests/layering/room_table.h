#pragma once

#include <map>
#include <set>
#include <string>

namespace finebrush::layering {

/// What a room may do.
struct RoomRule {
    std::set<std::string> mayInclude;  ///< rooms, beside itself
    bool mayUseTorch = false;
    bool mayUseQt = false;
};

/// The arrows between the rooms, all of them: app → ui → session → the torch-free rooms → base, and app →
/// engine → the LibTorch rooms → base. A file of `app` is a room of its own, since it belongs to one of the
/// two processes.
inline const std::map<std::string, RoomRule>& roomTable() {
    static const std::map<std::string, RoomRule> table = {
        {"core/base", {}},
        {"core/messages", {{"core/base"}}},
        {"core/image", {{"core/base"}}},
        {"core/labels", {{"core/base"}}},
        {"core/exporters", {{"core/base", "core/image", "core/labels"}}},
        {"core/importers", {{"core/base", "core/image", "core/labels", "core/exporters"}}},
        {"core/project", {{"core/base", "core/image", "core/labels", "core/messages"}}},
        {"core/session",
         {{"core/base", "core/image", "core/labels", "core/messages", "core/exporters", "core/importers",
           "core/project"}}},
        {"core/checkpoint", {{"core/base"}, true}},
        {"core/sam", {{"core/base", "core/checkpoint"}, true}},
        {"core/peft", {{"core/base", "core/messages", "core/checkpoint", "core/sam"}, true}},
        {"core/inference", {{"core/base", "core/messages", "core/sam", "core/peft"}, true}},
        {"core/training",
         {{"core/base", "core/messages", "core/checkpoint", "core/sam", "core/peft", "core/inference"},
          true}},
        {"core/selftest",
         {{"core/base", "core/messages", "core/checkpoint", "core/sam", "core/peft", "core/inference",
           "core/training"},
          true}},
        {"core/engine",
         {{"core/base", "core/image", "core/labels", "core/messages", "core/exporters", "core/importers",
           "core/project", "core/checkpoint", "core/sam", "core/peft", "core/inference", "core/training",
           "core/selftest"},
          true}},
        // The window knows the core by the session and by the values that the session's functions take and
        // give.
        {"ui", {{"core/base", "core/labels", "core/messages", "core/session"}, false, true}},
        {"app/finebrush.cpp", {{"core/base", "core/session", "ui"}, false, true}},
        {"app/finebrush_engine.cpp", {{"core/base", "core/messages", "core/peft", "core/engine"}, true}},
    };
    return table;
}

}  // namespace finebrush::layering
