#include "ui/keys/key_map_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

TEST(KeyMapFile, GivesBackWhatWasWritten) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("keys.json"));
    KeyMap map(KeyProfile::ItkSnap);
    map.give(Command::Fill, {QKeySequence("G"), QKeySequence("Ctrl+Shift+,")});
    map.give(Command::Accept, {QKeySequence("Return")});
    map.give(Command::Redo, {});
    EXPECT_EQ(writeKeyMapFile(map, path).toStdString(), "");
    const ReadKeyMap read = readKeyMapFile(path);
    ASSERT_TRUE(read) << read.error().toStdString();
    EXPECT_EQ(*read, map);
}

struct BadFile {
    const char* json;
    const char* reason;
};

TEST(KeyMapFile, ABadFileGetsOneSentenceWithItsNameAndTheReason) {
    const BadFile kBad[] = {
        {"", "is not JSON"},
        {"{\"format\": \"finebrush-keys\", ", "is not JSON at character"},
        {"[]", "holds no keys"},
        {"{\"format\": \"other\", \"keys\": {}}", "holds no keys"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": []}", "holds no keys"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"emacs\", \"keys\": {}}", "no profile “emacs”"},
        {"{\"format\": \"finebrush-keys\", \"keys\": {}}", "no profile “”"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"Jump\": [\"J\"]}}",
         "no command “Jump”"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": \"J\"}}",
         "“BrushTool” are no list"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": [\"Jj\"]}}",
         "“Jj” is no key"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": [7]}}",
         "“” is no key"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": [\"Space\"]}}",
         "Space is not for commands, as it moves the image"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": [\"Return\"]}}",
         "Return is not for commands"},
        {"{\"format\": \"finebrush-keys\", \"profile\": \"napari\", \"keys\": {\"BrushTool\": [\"J\"], "
         "\"Undo\": [\"J\"]}}",
         "J is given twice"},
    };
    for (const auto& [json, reason] : kBad) {
        const ReadKeyMap read = keyMapFromJson(json, QStringLiteral("/home/me/keys.json"));
        ASSERT_FALSE(read) << json;
        EXPECT_THAT(read.error().toStdString(), HasSubstr("/home/me/keys.json: ")) << json;
        EXPECT_THAT(read.error().toStdString(), HasSubstr(reason)) << json;
        EXPECT_FALSE(read.error().contains(u'\n'));
    }
}

TEST(KeyMapFile, WhatCannotBeReadOrWrittenIsNamed) {
    const QTemporaryDir folder;
    const QString missing = folder.filePath(QStringLiteral("none.json"));
    EXPECT_THAT(readKeyMapFile(missing).error().toStdString(), HasSubstr("none.json"));
    EXPECT_THAT(readKeyMapFile(folder.path()).error().toStdString(), HasSubstr("regular file"));
    QFile large(folder.filePath(QStringLiteral("large.json")));
    ASSERT_TRUE(large.open(QIODevice::WriteOnly));
    large.write(QByteArray(1 << 20, ' '));
    large.close();
    EXPECT_THAT(readKeyMapFile(large.fileName()).error().toStdString(), HasSubstr("large.json"));
    const QString nowhere = folder.filePath(QStringLiteral("none/keys.json"));
    EXPECT_THAT(writeKeyMapFile(KeyMap(KeyProfile::Qgis), nowhere).toStdString(), HasSubstr("keys.json"));
}

}  // namespace
}  // namespace finebrush
