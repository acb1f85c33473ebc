#include "tests/layering/layering_rules.h"

#include <gmock/gmock.h>

namespace finebrush::layering {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<SourceFile>& product() {
    static const std::vector<SourceFile> files = readSources(FINEBRUSH_SOURCE_DIR);
    return files;
}

// ---- the product keeps the rules ----

TEST(Layering, EveryRoomOfTheTableIsThere) {
    std::set<std::string> rooms;
    for (const SourceFile& file : product()) rooms.insert(roomOf(file.path));
    for (const auto& [room, rule] : roomTable()) EXPECT_THAT(rooms, Contains(room));
}

TEST(Layering, IncludesFollowTheArrows) {
    EXPECT_THAT(includeBreaches(product()), IsEmpty());
}

TEST(Layering, QtStaysInTheWindowAndLibTorchInTheEngine) {
    EXPECT_THAT(libraryBreaches(product()), IsEmpty());
}

TEST(Layering, ForeignDecodersAreNotCalled) {
    EXPECT_THAT(forbiddenCallBreaches(product()), IsEmpty());
}

TEST(Layering, TargetsLinkWhatTheirFilesInclude) {
    EXPECT_THAT(linkBreaches(product()), IsEmpty());
}

/// The rooms that a room may include, directly or through others.
std::set<std::string> roomsBelow(const std::string& room) {
    std::set<std::string> below;
    std::vector<std::string> open{room};
    while (!open.empty()) {
        const RoomRule& rule = roomTable().at(open.back());
        open.pop_back();
        for (const std::string& next : rule.mayInclude) {
            if (below.insert(next).second) open.push_back(next);
        }
    }
    return below;
}

TEST(Layering, TheTableHasNoArrowBack) {
    for (const auto& [room, rule] : roomTable()) {
        const std::set<std::string> below = roomsBelow(room);
        EXPECT_FALSE(below.contains(room)) << room;
        for (const std::string& other : below) {
            EXPECT_TRUE(rule.mayUseTorch || !roomTable().at(other).mayUseTorch)
                << room << " gets LibTorch from " << other;
            EXPECT_TRUE(rule.mayUseQt || !roomTable().at(other).mayUseQt)
                << room << " gets Qt from " << other;
        }
    }
}

// ---- and each rule fails when it is broken ----

TEST(Layering, AnArrowBackIsSeen) {
    const SourceFile file{"core/labels/stray.h", "#pragma once\n#  include \"core/session/session.h\"\n"};
    EXPECT_THAT(includeBreaches({file}),
                ElementsAre("core/labels/stray.h: core/labels may not include core/session/session.h"));
}

TEST(Layering, AViewThatReachesPastTheSessionIsSeen) {
    const SourceFile file{"ui/docks/stray.cpp", "#include \"core/project/project.h\"\n"};
    EXPECT_THAT(includeBreaches({file}),
                ElementsAre("ui/docks/stray.cpp: ui may not include core/project/project.h"));
}

TEST(Layering, AnIncludeThatIsNotFromTheRootIsSeen) {
    const SourceFile file{"core/labels/stray.cpp", "#include \"label_map.h\"\n"};
    EXPECT_THAT(includeBreaches({file}),
                ElementsAre("core/labels/stray.cpp: core/labels may not include label_map.h"));
}

TEST(Layering, ANewRoomWithoutARuleIsSeen) {
    EXPECT_THAT(includeBreaches({{"core/attic/junk.h", ""}}),
                ElementsAre("core/attic/junk.h: core/attic is no room of the table"));
    EXPECT_THAT(linkBreaches({{"core/attic/CMakeLists.txt", "finebrush_room(core/attic)"}}),
                ElementsAre("core/attic: has a target but is no room of the table"));
}

TEST(Layering, StrayLibrariesAreSeen) {
    EXPECT_THAT(libraryBreaches({{"core/labels/a.h", "#include <QImage>\n"}}),
                ElementsAre("core/labels/a.h: may not include QImage"));
    EXPECT_THAT(libraryBreaches({{"core/engine/a.cpp", "#include <QtCore/qstring.h>\n"}}),
                ElementsAre("core/engine/a.cpp: may not include QtCore/qstring.h"));
    EXPECT_THAT(libraryBreaches({{"core/project/a.cpp", "#include <torch/torch.h>\n"}}),
                ElementsAre("core/project/a.cpp: may not include torch/torch.h"));
    EXPECT_THAT(libraryBreaches({{"ui/canvas/a.cpp", "#include <ATen/ATen.h>\n"}}),
                ElementsAre("ui/canvas/a.cpp: may not include ATen/ATen.h"));
}

TEST(Layering, ForeignDecodersAreSeen) {
    for (const char* call :
         {"cv::imread(path)", "#include <opencv2/imgcodecs.hpp>", "torch::load(module, path)",
          "torch::pickle_load(bytes)", "torch::jit::load(path)", "cv::imwrite(path, image)"}) {
        EXPECT_EQ(forbiddenCallBreaches({{"core/engine/a.cpp", call}}).size(), 1u) << call;
    }
    EXPECT_THAT(forbiddenCallBreaches({{"core/image/a.cpp", "// not torch::load: it runs the file\n"}}),
                IsEmpty());
    for (const char* call : {"QImageReader reader(path);", "const QImage image(path);", "QPixmap{fileName}",
                             "QImage(toQString(path))", "QPixmap(QStringLiteral(\"a.png\"))",
                             "QImage picture(entry.path.c_str(), \"PNG\")", "image.load(path)",
                             "pixmap_->load(path)", "image.loadFromData(bytes)", "QImage::fromData(bytes)"}) {
        EXPECT_EQ(forbiddenCallBreaches({{"ui/docks/a.cpp", call}}).size(), 1u) << call;
    }
    for (const char* call :
         {"QPixmap pixmap(size);", "QImage(rgb.data(), size.width, size.height, QImage::Format_RGB888)",
          "QImage imageOf(const PackedThumbnail& thumbnail) {", "translator->load(name, folder)",
          "const QImage& image, const QString& path"}) {
        EXPECT_THAT(forbiddenCallBreaches({{"ui/docks/a.cpp", call}}), IsEmpty()) << call;
    }
}

TEST(Layering, LinksThatDoNotAgreeAreSeen) {
    const std::vector<SourceFile> tooMuch = {
        {"core/labels/CMakeLists.txt", "finebrush_room(core/labels LINKS core/base\n core/project)"}};
    EXPECT_THAT(linkBreaches(tooMuch), ElementsAre("core/labels: may not link core/project"));

    const std::vector<SourceFile> tooLittle = {
        {"core/labels/CMakeLists.txt", "finebrush_room(core/labels LINKS ZLIB::ZLIB)"},
        {"core/labels/a.h", "#include \"core/base/error.h\"\n"}};
    EXPECT_THAT(linkBreaches(tooLittle), ElementsAre("core/labels: includes core/base but does not link it"));

    const std::vector<SourceFile> torchInAWindowRoom = {
        {"core/labels/CMakeLists.txt", "finebrush_room(core/labels TORCH LINKS core/base)"}};
    EXPECT_THAT(linkBreaches(torchInAWindowRoom), ElementsAre("core/labels: TORCH does not agree"));
}

TEST(Layering, ALinkThroughAnotherRoomIsEnough) {
    const std::vector<SourceFile> files = {
        {"core/session/CMakeLists.txt", "finebrush_room(core/session LINKS core/project)"},
        {"core/project/CMakeLists.txt", "finebrush_room(core/project LINKS core/labels)"},
        {"core/session/a.h", "#include \"core/labels/label_map.h\"\n"}};
    EXPECT_THAT(linkBreaches(files), IsEmpty());
}

}  // namespace
}  // namespace finebrush::layering
