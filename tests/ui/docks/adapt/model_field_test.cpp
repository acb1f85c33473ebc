#include "ui/docks/adapt/model_field.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct ModelFieldTest : ::testing::Test {
    ModelFieldTest() {
        messages::ModelInfo info{"SAM ViT-B", "ab",      1024,         "/m/b.pth", "ViT",
                                 93735472,    375042383, "Apache-2.0", 2.5};
        field.setModels({ModelEntry{}, ModelEntry{"/m/b.pth", info, {}}});
    }
    QComboBox& list() { return *field.findChild<QComboBox*>(QStringLiteral("Model")); }
    QLabel& facts() { return *field.findChild<QLabel*>(QStringLiteral("ModelFacts")); }

    ModelField field;
};

TEST_F(ModelFieldTest, AChosenModelIsDescribed) {
    QSignalSpy changed(&field, &ModelField::changed);
    EXPECT_TRUE(facts().isHidden()) << "nothing is known of the default one yet";
    emit list().activated(1);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(field.model(), "/m/b.pth");
    EXPECT_FALSE(facts().isHidden());
    for (const char* fact : {"ViT", "93.7", "1,024", "2.5 s", "Apache-2.0"})
        EXPECT_TRUE(facts().text().contains(QLatin1String(fact))) << facts().text().toStdString() << fact;
}

TEST_F(ModelFieldTest, WhatTellsTheLicenceIsSaid) {
    messages::ModelInfo info;
    info.name = "MedSAM";
    const auto said = [&](const char* licence, messages::LicenceEvidence evidence) {
        info.licence = licence;
        info.licenceEvidence = evidence;
        field.setModels({ModelEntry{{}, info, {}}});
        return facts().text().toStdString();
    };
    using Evidence = messages::LicenceEvidence;
    EXPECT_THAT(said("", Evidence::File), HasSubstr("licence unknown"));
    EXPECT_THAT(said("Apache-2.0", Evidence::File), HasSubstr("Apache-2.0, as published by its makers"));
    EXPECT_THAT(said("mit", Evidence::ModelCard), HasSubstr("mit by the model card"));
    EXPECT_THAT(said("Apache-2.0", Evidence::Family),
                AllOf(HasSubstr("Apache-2.0 is the licence of the published MedSAM"),
                      HasSubstr("trained further may have another")));
}

TEST_F(ModelFieldTest, SaysWhereAFileNameAloneTellsHowPixelsAreTaken) {
    messages::ModelInfo info;
    info.licenceEvidence = messages::LicenceEvidence::Family;
    const auto said = [&](const char* name) {
        info.name = name;
        field.setModels({ModelEntry{{}, info, {}}});
        return facts().text().toStdString();
    };
    EXPECT_THAT(said("MedSAM"), HasSubstr("Taken for MedSAM by its file name"));
    EXPECT_THAT(said("SAM ViT-B"), HasSubstr("Taken for SAM, not MedSAM"));
    EXPECT_THAT(said("SAM ViT-H"), ::testing::Not(HasSubstr("Taken for")));
    info.licenceEvidence = messages::LicenceEvidence::File;
    EXPECT_THAT(said("SAM ViT-B"), ::testing::Not(HasSubstr("Taken for"))) << "its hash tells";
}

TEST_F(ModelFieldTest, TheLastEntryAddsAFileAndChangesNothing) {
    QSignalSpy changed(&field, &ModelField::changed), wanted(&field, &ModelField::addWanted);
    emit list().activated(list().count() - 1);
    EXPECT_EQ(wanted.count(), 1);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_EQ(list().currentIndex(), 0);
}

TEST_F(ModelFieldTest, AModelOfAProjectIsShownThoughItIsNotOnTheList) {
    field.setModel("/other/c.pth");
    EXPECT_EQ(field.model(), "/other/c.pth");
    EXPECT_EQ(list().currentText(), QStringLiteral("c.pth"));
}

}  // namespace
}  // namespace finebrush
