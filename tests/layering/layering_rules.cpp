#include "tests/layering/layering_rules.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace finebrush::layering {

namespace {

namespace fs = std::filesystem;

bool isCode(const SourceFile& file) {
    return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

/// All matches of the first group.
std::vector<std::string> matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        found.push_back((*at)[1]);
    return found;
}

std::vector<std::string> includesOf(const SourceFile& file) {
    static const std::regex pattern(R"(#\s*include\s*([<"][^>"]+)[>"])");
    return matches(file.text, pattern);
}

std::string withoutComments(const std::string& text) {
    static const std::regex comment(R"(//[^\n]*)");
    return std::regex_replace(text, comment, "");
}

/// The rooms that a room reaches through its links, itself among them.
std::set<std::string> reachable(const std::map<std::string, RoomTarget>& targets, const std::string& room) {
    std::set<std::string> seen{room};
    std::vector<std::string> open{room};
    while (!open.empty()) {
        const auto target = targets.find(open.back());
        open.pop_back();
        if (target == targets.end()) continue;
        for (const std::string& next : target->second.linkedRooms) {
            if (seen.insert(next).second) open.push_back(next);
        }
    }
    return seen;
}

/// The rooms that the files of each room include, beside itself.
std::map<std::string, std::set<std::string>> includedRooms(const std::vector<SourceFile>& files) {
    std::map<std::string, std::set<std::string>> included;
    for (const SourceFile& file : files) {
        if (!isCode(file)) continue;
        for (const std::string& include : includesOf(file)) {
            const std::string room = roomOf(include.substr(1));
            if (include[0] == '"' && room != roomOf(file.path)) included[roomOf(file.path)].insert(room);
        }
    }
    return included;
}

}  // namespace

std::vector<SourceFile> readSources(const fs::path& root) {
    std::vector<SourceFile> files;
    for (const char* top : {"app", "core", "ui"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string name = entry.path().filename().string();
            if (!name.ends_with(".h") && !name.ends_with(".cpp") && name != "CMakeLists.txt") continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            files.push_back({fs::relative(entry.path(), root).generic_string(),
                             {std::istreambuf_iterator<char>(stream), {}}});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::string roomOf(const std::string& path) {
    const fs::path parts(path);
    const std::string top = parts.begin()->string();
    if (top != "core") return top == "ui" ? top : path;
    return std::distance(parts.begin(), parts.end()) < 3 ? path
                                                         : top + "/" + std::next(parts.begin())->string();
}

std::map<std::string, RoomTarget> readTargets(const std::vector<SourceFile>& files) {
    static const std::regex call(R"(finebrush_room\(([^)]*)\))");
    std::map<std::string, RoomTarget> targets;
    for (const SourceFile& file : files) {
        if (isCode(file)) continue;
        for (const std::string& arguments : matches(file.text, call)) {
            std::istringstream words(arguments);
            std::string room;
            words >> room;
            for (std::string word; words >> word;) {
                if (word == "TORCH") targets[room].usesTorch = true;
                if (roomTable().contains(word)) targets[room].linkedRooms.insert(word);
            }
            targets[room];
        }
    }
    return targets;
}

std::vector<std::string> includeBreaches(const std::vector<SourceFile>& files) {
    std::vector<std::string> breaches;
    for (const SourceFile& file : files) {
        if (!isCode(file)) continue;
        const std::string room = roomOf(file.path);
        const auto rule = roomTable().find(room);
        if (rule == roomTable().end()) {
            breaches.push_back(file.path + ": " + room + " is no room of the table");
            continue;
        }
        for (const std::string& include : includesOf(file)) {
            if (include[0] != '"') continue;
            const std::string path = include.substr(1);
            if (roomOf(path) != room && !rule->second.mayInclude.contains(roomOf(path))) {
                breaches.push_back(file.path + ": " + room + " may not include " + path);
            }
        }
    }
    return breaches;
}

std::vector<std::string> libraryBreaches(const std::vector<SourceFile>& files) {
    static const std::regex qt(R"([<"](Q[A-Z]|Qt|q[a-z]+\.h|ui_).*)");
    static const std::regex torch(R"([<"](torch|ATen|c10|caffe2|torchgen)/.*)");
    std::vector<std::string> breaches;
    for (const SourceFile& file : files) {
        const auto rule = roomTable().find(roomOf(file.path));
        if (!isCode(file) || rule == roomTable().end()) continue;
        for (const std::string& include : includesOf(file)) {
            const bool strayQt = !rule->second.mayUseQt && std::regex_match(include, qt);
            const bool strayTorch = !rule->second.mayUseTorch && std::regex_match(include, torch);
            if (strayQt || strayTorch) {
                breaches.push_back(file.path + ": may not include " + include.substr(1));
            }
        }
    }
    return breaches;
}

std::vector<std::string> forbiddenCallBreaches(const std::vector<SourceFile>& files) {
    static const std::regex forbidden[] = {
        std::regex(
            R"((\b(?:imread|imreadmulti|imdecode|imwrite|imencode|imgcodecs|highgui|pickle_load|pickle_save)\b))"),
        std::regex(R"((\btorch::load\b|\bjit::load\b|\btorch::jit::import))"),
        std::regex(
            R"((\b(?:QImageReader|QImageIOHandler|QMovie|QPicture|loadFromData)\b|\bQ(?:Image|Pixmap|Bitmap)::fromData\b))"),
        std::regex(R"(((?:[Ii]mage|[Pp]ixmap|[Pp]icture|[Bb]itmap)\w*(?:\.|->)load\b))"),
        // By the name of a file, as far as the first argument tells.
        std::regex(
            R"((\bQ(?:Image|Pixmap|Bitmap)\b(?:\s+\w+)?\s*[({][^,;(){}]*(?:[Pp]ath|[Ff]ile|[Nn]ame|QString|")))"),
    };
    std::vector<std::string> breaches;
    for (const SourceFile& file : files) {
        const std::string code = withoutComments(file.text);
        for (const std::regex& pattern : forbidden) {
            for (const std::string& call : matches(code, pattern))
                breaches.push_back(file.path + ": may not use " + call);
        }
    }
    return breaches;
}

std::vector<std::string> linkBreaches(const std::vector<SourceFile>& files) {
    const auto targets = readTargets(files);
    const auto included = includedRooms(files);
    std::vector<std::string> breaches;
    for (const auto& [room, target] : targets) {
        const auto rule = roomTable().find(room);
        if (rule == roomTable().end()) {
            breaches.push_back(room + ": has a target but is no room of the table");
            continue;
        }
        if (target.usesTorch != rule->second.mayUseTorch) breaches.push_back(room + ": TORCH does not agree");
        for (const std::string& linked : target.linkedRooms) {
            if (!rule->second.mayInclude.contains(linked))
                breaches.push_back(room + ": may not link " + linked);
        }
        const auto wanted = included.find(room);
        if (wanted == included.end()) continue;
        const std::set<std::string> linked = reachable(targets, room);
        for (const std::string& other : wanted->second) {
            if (!linked.contains(other))
                breaches.push_back(room + ": includes " + other + " but does not link it");
        }
    }
    return breaches;
}

}  // namespace finebrush::layering
