#include "ui/docks/adapt/start_field.h"

#include "core/messages/adapter_config.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

AdapterDescribed described(messages::AdapterOrigin origin) {
    messages::AdapterConfig config;
    config.origin = origin;
    config.settings.rank = 12;
    config.baseName = "MedSAM";
    return {"/a/axons", std::make_shared<const messages::AdapterConfig>(config), {}};
}

struct StartFieldTest : ::testing::Test {
    QComboBox& list() { return *field.findChild<QComboBox*>(QStringLiteral("Start")); }
    QLabel& facts() { return *field.findChild<QLabel*>(QStringLiteral("StartFacts")); }

    StartField field;
};

TEST_F(StartFieldTest, BeginsWithNothingAndAsksForAFolder) {
    const QSignalSpy changed(&field, &StartField::changed), wanted(&field, &StartField::folderWanted);
    EXPECT_EQ(field.folder(), "");
    EXPECT_TRUE(facts().isHidden());
    emit list().activated(list().count() - 1);
    EXPECT_EQ(wanted.count(), 1);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_EQ(list().currentIndex(), 0) << "no folder is chosen yet";
}

TEST_F(StartFieldTest, ShowsTheFolderAndWhatItsAdapterIsUntilNothingIsChosenAgain) {
    const QSignalSpy changed(&field, &StartField::changed), told(&field, &StartField::descriptionWanted);
    field.setFolder("/a/axons");
    EXPECT_EQ(list().currentText(), QStringLiteral("axons"));
    ASSERT_EQ(told.count(), 1);
    AdapterDescribed other = described(messages::AdapterOrigin::Finebrush);
    other.folder = "/b/axons";
    field.describe(other);
    EXPECT_EQ(field.adapter(), nullptr) << "it is of another folder";

    field.describe(described(messages::AdapterOrigin::Finebrush));
    ASSERT_NE(field.adapter(), nullptr);
    for (const char* fact : {"Finebrush", "Conv-LoRA", "Rank 12", "MedSAM"})
        EXPECT_THAT(facts().text().toStdString(), HasSubstr(fact));
    EXPECT_THAT(field.dictation().toStdString(), HasSubstr("axons"));
    EXPECT_EQ(changed.count(), 0);

    emit list().activated(0);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(field.folder(), "");
    EXPECT_EQ(field.adapter(), nullptr);
    EXPECT_TRUE(facts().isHidden());
    EXPECT_TRUE(field.dictation().isEmpty());
}

TEST_F(StartFieldTest, SaysWhatIsLeftToChooseOfAdaptersOfOthers) {
    field.setFolder("/a/axons");
    field.describe(described(messages::AdapterOrigin::Peft));
    EXPECT_THAT(facts().text().toStdString(), HasSubstr("projections"));
    EXPECT_FALSE(field.dictation().isEmpty());
    field.describe(described(messages::AdapterOrigin::AutoGluon));
    EXPECT_THAT(facts().text().toStdString(), HasSubstr("AutoGluon"));
    EXPECT_TRUE(field.dictation().isEmpty()) << "its settings are not known here";
}

TEST_F(StartFieldTest, SaysWhyAFolderCannotBeReadAndKeepsTheChoice) {
    field.setFolder("/a/axons");
    field.describe({"/a/axons", nullptr, Error{ErrorCode::FileMissing, {"/a/axons/x"}, {}}});
    EXPECT_THAT(facts().text().toStdString(), HasSubstr("/a/axons/x"));
    EXPECT_FALSE(facts().isHidden());
    EXPECT_EQ(field.folder(), "/a/axons");
}

}  // namespace
}  // namespace finebrush
