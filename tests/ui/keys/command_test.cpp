#include "ui/keys/command.h"

#include <QFile>
#include <gmock/gmock.h>

#include <set>

namespace finebrush {
namespace {

using ::testing::StrNe;

TEST(Command, HasATextAndANameOfItsOwn) {
    std::set<std::string> names;
    for (const Command command : kAllCommands) {
        const CommandEntry& entry = entryOf(command);
        EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
        EXPECT_THAT(entry.text, StrNe("")) << entry.name;
        EXPECT_THAT(entry.toolTip, StrNe(entry.text)) << entry.name << ": the text is taken by itself";
        EXPECT_EQ(commandOf(QLatin1String(entry.name)), command) << entry.name;
    }
    EXPECT_EQ(names.size(), kCommandCount);
    EXPECT_EQ(commandOf(QStringLiteral("Nonsense")), std::nullopt);
}

TEST(Command, AToolHasAnIconAndIsOnOrOff) {
    for (const Command command : kAllCommands) {
        const CommandEntry& entry = entryOf(command);
        if (!entry.is(CommandEntry::Tool)) continue;
        EXPECT_TRUE(entry.is(CommandEntry::Checkable)) << entry.name;
        EXPECT_EQ(entry.menu, Menu::Tools) << entry.name;
        EXPECT_THAT(entry.icon, StrNe("")) << entry.name;
    }
}

TEST(Command, AnIconIsThere) {
    for (const Command command : kAllCommands) {
        const CommandEntry& entry = entryOf(command);
        if (!*entry.icon) continue;
        EXPECT_TRUE(QFile::exists(
            QStringLiteral(FINEBRUSH_SOURCE_DIR "/resources/icons/%1.svg").arg(QLatin1String(entry.icon))))
            << entry.icon;
    }
}

TEST(Command, DigitsLeadToTheClassesOfTheirKeys) {
    for (int digit = 0; digit < kClassCommands; ++digit) {
        const auto key = static_cast<char>('0' + digit);
        EXPECT_EQ(nameOfClassKey(key), QLatin1String(nameOf(classCommand(digit))));
        EXPECT_STREQ(entryOf(classCommand(digit)).keys, std::string(1, key).c_str());
    }
}

}  // namespace
}  // namespace finebrush
