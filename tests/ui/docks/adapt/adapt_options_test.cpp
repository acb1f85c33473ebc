#include "ui/docks/adapt/adapt_options.h"

#include "core/messages/adaptation_methods.h"
#include "core/messages/adapter_config.h"
#include "ui/docks/adapt/method_texts.h"
#include "ui/docks/adapt/model_field.h"
#include "ui/settings/language.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <gmock/gmock.h>

#include <memory>
#include <set>

namespace finebrush {
namespace {

using messages::AdaptationMethod;
using messages::AdaptationSettings;
using messages::RankMeaning;

class AdaptOptionsTest : public ::testing::Test {
  protected:
    template <typename Widget>
    Widget* child(const char* objectName) const {
        auto* found = options_.findChild<Widget*>(QLatin1String(objectName));
        EXPECT_NE(found, nullptr) << objectName;
        return found;
    }

    void choose(std::string_view method) {
        AdaptationSettings settings = options_.settings();
        settings.method = method;
        options_.setSettings(settings);
    }

    AdaptOptions options_;
};

TEST_F(AdaptOptionsTest, BeginsWithTheRecipe) {
    EXPECT_EQ(options_.settings(), AdaptationSettings());
}

TEST_F(AdaptOptionsTest, EveryMethodHasAReadableNameAndSaysWhatItDoes) {
    ASSERT_EQ(child<QComboBox>("Method")->count(), static_cast<int>(messages::kAdaptationMethods.size()));
    std::set<QString> names, descriptions;
    for (const AdaptationMethod& method : messages::kAdaptationMethods) {
        choose(method.name);
        EXPECT_EQ(options_.settings().method, method.name);
        names.insert(child<QComboBox>("Method")->currentText());
        descriptions.insert(child<QLabel>("MethodDescription")->text());
        EXPECT_FALSE(child<QComboBox>("Method")->currentText().contains(u'_')) << method.name;
        EXPECT_TRUE(child<QLabel>("MethodDescription")->text().endsWith(u'.')) << method.name;
    }
    EXPECT_EQ(names.size(), messages::kAdaptationMethods.size());
    EXPECT_EQ(descriptions.size(), messages::kAdaptationMethods.size());
}

TEST_F(AdaptOptionsTest, OnlyWhatTheMethodLooksAtCanBeChanged) {
    for (const AdaptationMethod& method : messages::kAdaptationMethods) {
        choose(method.name);
        EXPECT_EQ(child<QComboBox>("Gate")->isEnabled(), method.hasGate) << method.name;
        EXPECT_EQ(child<QSpinBox>("Rank")->isEnabled(), method.rank != RankMeaning::None) << method.name;
        EXPECT_EQ(child<QDoubleSpinBox>("Alpha")->isEnabled(), method.rank == RankMeaning::Rank)
            << method.name;
        EXPECT_EQ(child<QSpinBox>("Experts")->isEnabled(), method.hasExperts) << method.name;
        EXPECT_EQ(child<QLineEdit>("Scales")->isEnabled(), method.hasExperts) << method.name;
        EXPECT_EQ(child<QSpinBox>("ExpertsKept")->isEnabled(), method.hasGate) << method.name;
        EXPECT_EQ(child<QSpinBox>("Blocks")->isEnabled(), method.rank == RankMeaning::Rank) << method.name;
        EXPECT_EQ(child<QCheckBox>("Projection.q")->isEnabled(), method.rank == RankMeaning::Rank)
            << method.name;
    }
}

TEST_F(AdaptOptionsTest, AModelThatSeesTheWholeImageHasNoWorkingScale) {
    messages::ModelInfo vit;
    vit.name = "SAM ViT-B";
    vit.architecture = "ViT";
    options_.modelField().setModels({ModelEntry{}, ModelEntry{"/m/b.pth", vit, {}}});
    auto* scale = child<QDoubleSpinBox>("WorkingScale");
    scale->setValue(0.5);
    EXPECT_TRUE(scale->isEnabled());
    EXPECT_EQ(options_.settings().workingScale, 0.5);
    options_.modelField().setModel("/m/b.pth");
    EXPECT_FALSE(scale->isEnabled());
    EXPECT_EQ(options_.settings().workingScale, 0);
    options_.modelField().setModel("");
    EXPECT_TRUE(scale->isEnabled());
    EXPECT_EQ(options_.settings().workingScale, 0.5);
}

TEST_F(AdaptOptionsTest, WhatWasChosenBeforeIsShownWithoutBeingAnnounced) {
    const AdaptationSettings chosen{.method = "multi_scale_lora",
                                    .gate = messages::GateMode::Paper,
                                    .rank = 6,
                                    .alpha = 3.5,
                                    .experts = 2,
                                    .scales = "1,4",
                                    .topExperts = 2,
                                    .balanceWeight = 0.25,
                                    .projections = "q,v,mlp",
                                    .blocks = 3,
                                    .inputSize = 640,
                                    .queries = 20,
                                    .loss = messages::PaintedLoss::Focal,
                                    .keep = messages::Keep::Adapted,
                                    .steps = 70,
                                    .minutes = 2.5,
                                    .seed = 17,
                                    .workingScale = 0.4,
                                    .inputRange = "percentile:2.5,97",
                                    .start = "/a/axons"};
    const QSignalSpy changed(&options_, &AdaptOptions::changed);
    options_.setSettings(chosen);
    EXPECT_EQ(options_.settings(), chosen);
    EXPECT_EQ(changed.count(), 0);
    child<QSpinBox>("Steps")->setValue(80);
    child<QComboBox>("Loss")->setCurrentIndex(2);
    child<QComboBox>("Keep")->setCurrentIndex(1);
    child<QSpinBox>("Queries")->setValue(0);
    EXPECT_EQ(changed.count(), 4);
    EXPECT_EQ(options_.settings().queries, 0);
    EXPECT_EQ(options_.settings().loss, messages::PaintedLoss::Dice);
    EXPECT_EQ(options_.settings().keep, messages::Keep::Preview);
}

TEST_F(AdaptOptionsTest, WhatTheModelSeesIsAutomaticUnlessChosen) {
    auto* kind = child<QComboBox>("InputRange");
    EXPECT_EQ(options_.settings().inputRange, std::nullopt);
    const QSignalSpy changed(&options_, &AdaptOptions::changed);
    kind->setCurrentIndex(3);
    emit kind->activated(3);
    EXPECT_EQ(options_.settings().inputRange, "window:40,400");
    child<QDoubleSpinBox>("InputFirst")->setValue(-600);
    EXPECT_EQ(options_.settings().inputRange, "window:-600,400");
    EXPECT_EQ(changed.count(), 2);
    kind->setCurrentIndex(5);
    emit kind->activated(5);
    EXPECT_EQ(options_.settings().inputRange, "displayed");
    EXPECT_FALSE(child<QDoubleSpinBox>("InputFirst")->isVisibleTo(&options_));
    options_.setSettings({});
    EXPECT_EQ(options_.settings().inputRange, std::nullopt);
}

TEST_F(AdaptOptionsTest, BandsCanBeChosenWhereThereAreMoreThanThree) {
    auto* kind = child<QComboBox>("InputRange");
    auto* red = child<QSpinBox>("InputRed");
    EXPECT_FALSE(red->isVisibleTo(red->parentWidget()->parentWidget()));
    options_.setBandCount(12);
    EXPECT_TRUE(red->isVisibleTo(red->parentWidget()->parentWidget()));
    red->setValue(8);
    child<QSpinBox>("InputGreen")->setValue(4);
    child<QSpinBox>("InputBlue")->setValue(40);
    EXPECT_EQ(options_.settings().inputRange, "auto+bands:8,4,12");
    kind->setCurrentIndex(2);
    emit kind->activated(2);
    child<QCheckBox>("InputEachBand")->setChecked(true);
    EXPECT_EQ(options_.settings().inputRange, "percentile:1,99+bands:8,4,12+each");
    messages::AdaptationSettings settings;
    settings.inputRange = "minmax+bands:20,1,1+each";
    options_.setSettings(settings);
    EXPECT_EQ(options_.settings().inputRange, settings.inputRange) << "also of an image with more bands";
}

TEST_F(AdaptOptionsTest, FitsTheNarrowDockInBothLanguages) {
    LanguageSwitch language;
    for (const LanguageChoice choice : {LanguageChoice::English, LanguageChoice::Korean}) {
        language.apply(choice);
        QCoreApplication::processEvents();
        child<QToolButton>("Advanced")->setChecked(true);
        for (const QFormLayout* form : options_.findChildren<QFormLayout*>())
            EXPECT_LE(form->minimumSize().width(), 255);
    }
}

TEST_F(AdaptOptionsTest, ScalesAndTheNumberOfExpertsAgree) {
    auto* scales = child<QLineEdit>("Scales");
    auto* experts = child<QSpinBox>("Experts");
    const auto type = [&](const QString& text) {
        scales->setText(text);
        emit scales->editingFinished();
    };
    EXPECT_EQ(scales->placeholderText(), "1, 2, 3, 4");
    type("1,2 ,8");
    EXPECT_EQ(scales->text(), "1, 2, 8");
    EXPECT_EQ(experts->value(), 3);
    EXPECT_EQ(options_.settings().scales, "1,2,8");
    type("1, 2, many");
    EXPECT_EQ(scales->text(), "1, 2, 8") << "what is no list of scales is not taken";
    child<QSpinBox>("ExpertsKept")->setValue(3);
    experts->setValue(2);
    EXPECT_EQ(options_.settings().scales, "") << "there are no longer as many scales as experts";
    EXPECT_EQ(options_.settings().topExperts, 2) << "no more can be kept than there are";
}

TEST_F(AdaptOptionsTest, AtLeastOneProjectionHasAdapters) {
    for (const char* name : {"Projection.q", "Projection.k", "Projection.v"}) child<QCheckBox>(name)->click();
    EXPECT_EQ(options_.settings().projections, "v");
    const QSignalSpy changed(&options_, &AdaptOptions::changed);
    child<QCheckBox>("Projection.mlp")->click();
    EXPECT_EQ(options_.settings().projections, "v,mlp");
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(AdaptOptionsTest, AlphaFollowsTheRankSoThatTheOutputWeighsTheSame) {
    child<QSpinBox>("Rank")->setValue(8);
    EXPECT_EQ(options_.settings().alpha, 16);
    child<QDoubleSpinBox>("Alpha")->setValue(4);
    child<QSpinBox>("Rank")->setValue(2);
    EXPECT_EQ(options_.settings().alpha, 1);
}

TEST_F(AdaptOptionsTest, OneClickSetsThePapersValuesAndOneTheRecipes) {
    choose("vpt");
    child<QSpinBox>("Steps")->setValue(30);
    const QSignalSpy changed(&options_, &AdaptOptions::changed);
    QTest::mouseClick(child<QPushButton>("PaperDefaults"), Qt::LeftButton);
    EXPECT_EQ(changed.count(), 1);
    const AdaptationSettings paper = options_.settings();
    EXPECT_EQ(paper.method, "conv_lora");
    EXPECT_EQ(paper.gate, messages::GateMode::Paper);
    EXPECT_EQ(paper.rank, 3);
    EXPECT_EQ(paper.alpha, 32);
    EXPECT_EQ(paper.experts, 8);
    EXPECT_EQ(paper.steps, 30) << "it is of the recipe, not of the paper's method";
    QTest::mouseClick(child<QPushButton>("RecipeDefaults"), Qt::LeftButton);
    EXPECT_EQ(options_.settings(), AdaptationSettings());
}

TEST_F(AdaptOptionsTest, WhatTheAdapterOfTheStartTellsCannotBeChosen) {
    auto adapter = std::make_shared<messages::AdapterConfig>();
    adapter->settings = {.method = "lora", .rank = 100, .alpha = 0.123, .projections = "q,v", .blocks = 2};
    options_.startFrom("/a/axons");
    EXPECT_EQ(options_.settings().start, "/a/axons");
    EXPECT_TRUE(child<QComboBox>("Method")->isEnabled()) << "nothing is known of it yet";
    const QSignalSpy changed(&options_, &AdaptOptions::changed);
    options_.describeStart({"/a/axons", adapter, {}});
    EXPECT_EQ(changed.count(), 1);
    const AdaptationSettings chosen = options_.settings();
    EXPECT_EQ(chosen.method, "lora");
    EXPECT_EQ(chosen.rank, 100) << "though the field ends before";
    EXPECT_EQ(chosen.alpha, 0.123);
    EXPECT_EQ(chosen.projections, "q,v");
    EXPECT_EQ(chosen.blocks, 2);
    EXPECT_EQ(child<QComboBox>("Method")->currentData().toString(), QStringLiteral("lora"));
    EXPECT_TRUE(child<QCheckBox>("Projection.q")->isChecked());
    EXPECT_FALSE(child<QCheckBox>("Projection.k")->isChecked());
    const auto areOpen = [&](bool open) {
        for (const char* name : {"Method", "Rank", "Alpha", "Blocks", "Projection.q", "PaperDefaults"})
            EXPECT_EQ(child<QWidget>(name)->isEnabled(), open) << name;
        EXPECT_TRUE(child<QSpinBox>("Steps")->isEnabled());
    };
    areOpen(false);
    EXPECT_TRUE(child<QLabel>("MethodDescription")->text().contains(QStringLiteral("axons")));
    options_.describeStart({"/a/axons", adapter, {}});
    EXPECT_EQ(changed.count(), 1) << "it is as it was";

    QTest::mouseClick(child<QPushButton>("RecipeDefaults"), Qt::LeftButton);
    EXPECT_EQ(options_.settings(), AdaptationSettings()) << "it starts from nothing again";
    areOpen(true);
    EXPECT_FALSE(child<QLabel>("MethodDescription")->text().contains(QStringLiteral("axons")));
}

TEST_F(AdaptOptionsTest, OfAPeftAdapterTheLayersAreLeftToChoose) {
    auto adapter = std::make_shared<messages::AdapterConfig>();
    adapter->origin = messages::AdapterOrigin::Peft;
    adapter->settings.method = "lora";
    child<QSpinBox>("Blocks")->setValue(3);
    options_.startFrom("/a/axons");
    options_.describeStart({"/a/axons", adapter, {}});
    EXPECT_FALSE(child<QSpinBox>("Rank")->isEnabled());
    EXPECT_TRUE(child<QSpinBox>("Blocks")->isEnabled());
    EXPECT_EQ(options_.settings().blocks, 3);
}

TEST_F(AdaptOptionsTest, TheWheelChangesNothingInPassing) {
    auto* method = child<QComboBox>("Method");
    options_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&options_));
    child<QToolButton>("Advanced")->setFocus();
    QWheelEvent wheel(QPointF(5, 5), method->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(method, &wheel);
    EXPECT_EQ(method->currentIndex(), 0);
}

}  // namespace
}  // namespace finebrush
