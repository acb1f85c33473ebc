#include "ui/charts/layer_chart.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/scale_colours.h"
#include "ui/charts/usage_chart.h"
#include "ui/settings/language.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

messages::StepMetrics stepOf(int step, std::vector<float> first, std::vector<float> second) {
    messages::StepMetrics metrics;
    metrics.step = step;
    metrics.totalSteps = 50;
    metrics.loss = 1.0 / step;
    metrics.paintedLoss = 0.6 / step;
    metrics.unpaintedLoss = 0.3 / step;
    metrics.balanceLoss = 0.1 / step;
    metrics.usage = {{"layers.1.blocks.0", std::move(first)}, {"layers.2.blocks.3", std::move(second)}};
    return metrics;
}

TEST(LossChart, ShowsEveryPartOverTheSteps) {
    LossChart chart;
    chart.addStep(stepOf(1, {1, 0}, {1, 0}));
    chart.addStep(stepOf(2, {1, 0}, {1, 0}));
    ASSERT_EQ(chart.graphCount(), 5);
    for (int curve = 0; curve < 5; ++curve) EXPECT_EQ(chart.graph(curve)->dataCount(), 2);
    EXPECT_DOUBLE_EQ(chart.graph(0)->dataMainValue(1), 0.5);
    EXPECT_EQ(chart.xAxis->range().upper, 50);
    EXPECT_GE(chart.yAxis->range().upper, 1.0);
    EXPECT_LT(chart.yAxis->range().lower, 0) << "a part near 0 is told from the axis";
    EXPECT_GT(chart.yAxis->range().lower, -0.1);
}

TEST(LossChart, ASmoothLineGoesThroughTheLossesOfTheSteps) {
    LossChart chart;
    for (int step = 1; step <= 40; ++step) {
        messages::StepMetrics metrics = stepOf(step, {}, {});
        metrics.loss = step % 2 == 0 ? 1.2 : 0.2;
        chart.addStep(metrics);
    }
    EXPECT_DOUBLE_EQ(chart.graph(0)->dataMainValue(39), 1.2);
    EXPECT_NEAR(chart.graph(4)->dataMainValue(39), 0.7, 1e-9);
    EXPECT_NEAR(chart.graph(4)->dataMainValue(38), 0.7, 1e-9);
    ASSERT_EQ(chart.legend->itemCount(), 4) << "the losses of the steps are no curve of their own";
    auto* first = qobject_cast<QCPPlottableLegendItem*>(chart.legend->item(0));
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->plottable(), chart.graph(4));
}

TEST(LossChart, AnotherAdaptationBeginsAnew) {
    LossChart chart;
    chart.addStep(stepOf(1, {}, {}));
    chart.setMetrics({});
    EXPECT_EQ(chart.graph(0)->dataCount(), 0);
}

TEST(UsageChart, StacksTheMeanSharesToAHundredPercent) {
    UsageChart chart;
    chart.addStep(stepOf(1, {0.5F, 0.25F, 0.25F, 0}, {0.1F, 0.25F, 0.25F, 0.4F}));
    ASSERT_EQ(chart.graphCount(), 4);
    EXPECT_NEAR(chart.graph(0)->dataMainValue(0), 30, 1e-3);
    EXPECT_NEAR(chart.graph(2)->dataMainValue(0), 80, 1e-3);
    EXPECT_NEAR(chart.graph(3)->dataMainValue(0), 100, 1e-3);
    EXPECT_EQ(chart.graph(0)->name(), QStringLiteral("1×"));
    EXPECT_EQ(chart.graph(3)->name(), QStringLiteral("4×"));
}

TEST(UsageChart, TheFirstStepIsSeenBeforeThereIsAnArea) {
    constexpr QSize kSize(320, 190);
    UsageChart chart;
    chart.resize(kSize);
    const auto pixelsOf = [&](int scale) {
        const QImage drawn = chart.toPixmap(kSize.width(), kSize.height()).toImage();
        const QRect axes = chart.axisRect()->rect();
        int pixels = 0;
        for (int y = axes.top(); y <= axes.bottom(); ++y) {
            for (int x = axes.left(); x <= axes.right(); ++x)
                pixels += drawn.pixelColor(x, y) == scaleColour(scale, 4);
        }
        return pixels;
    };
    const std::vector<float> shares = {0.5F, 0.25F, 0.25F, 0};
    chart.addStep(stepOf(1, shares, shares));
    EXPECT_GT(pixelsOf(0), chart.axisRect()->height());
    EXPECT_GT(pixelsOf(1), chart.axisRect()->height() / 2);
    EXPECT_EQ(pixelsOf(3), 0);
    EXPECT_EQ(chart.legend->itemCount(), 4);
    chart.addStep(stepOf(2, shares, shares));
    for (int i = 0; i < chart.plottableCount(); ++i) {
        const auto* bar = qobject_cast<QCPBars*>(chart.plottable(i));
        EXPECT_FALSE(bar && bar->visible()) << "the area is enough";
    }
}

TEST(UsageChart, NamesTheScalesThatWereChosen) {
    UsageChart chart;
    messages::StepMetrics metrics = stepOf(1, {0.5F, 0.5F}, {0.5F, 0.5F});
    for (messages::ExpertUsage& usage : metrics.usage) usage.scales = {1, 8};
    chart.addStep(metrics);
    EXPECT_EQ(chart.graph(1)->name(), QStringLiteral("8×"));
}

TEST(UsageChart, AMethodWithoutExpertsHasNoCurves) {
    UsageChart chart;
    messages::StepMetrics metrics;
    metrics.step = 1;
    chart.addStep(metrics);
    EXPECT_EQ(chart.graphCount(), 0);
}

TEST(LayerChart, HasABarForEveryLayerAndScale) {
    LayerChart chart;
    chart.addStep(stepOf(1, {0.75F, 0.25F}, {0, 1}));
    ASSERT_EQ(chart.plottableCount(), 2);
    const auto* finest = qobject_cast<QCPBars*>(chart.plottable(1));
    ASSERT_NE(finest, nullptr);
    EXPECT_EQ(finest->data()->size(), 2);
    EXPECT_NEAR(finest->data()->at(1)->value, 100, 1e-3);
    chart.addStep(stepOf(2, {0.2F, 0.3F, 0.5F}, {0, 0, 1}));
    EXPECT_EQ(chart.plottableCount(), 3) << "another number of experts is another adaptation";
}

TEST(LayerChart, NamesLayersByTheirNumbersAndTheirPlaceInTheBlock) {
    LayerChart chart;
    chart.resize(320, 190);
    chart.show();
    chart.replot();
    messages::StepMetrics metrics;
    for (const char* layer :
         {"layers.1.blocks.0", "layers.1.blocks.1.attn.proj", "layers.3.blocks.1.mlp.fc2"})
        metrics.usage.push_back({layer, {1}});
    chart.addStep(metrics);
    const auto ticker = chart.xAxis->ticker().dynamicCast<QCPAxisTickerText>();
    EXPECT_EQ(ticker->ticks().values(), (QStringList{"1.0", "1.1o", "3.1m2"}));
}

TEST(LayerChart, NamesNoMoreLayersThanThereIsRoomFor) {
    LayerChart chart;
    chart.resize(320, 190);
    chart.show();
    chart.replot();
    messages::StepMetrics metrics;
    for (int block = 0; block < 30; ++block)
        metrics.usage.push_back({"layers.1.blocks." + std::to_string(block) + ".mlp.fc1", {1}});
    chart.addStep(metrics);
    const auto named = [&] { return chart.xAxis->ticker().dynamicCast<QCPAxisTickerText>()->ticks().size(); };
    EXPECT_GE(named(), 3);
    EXPECT_LE(named(), 9);
    chart.resize(2400, 190);
    chart.replot();
    EXPECT_EQ(named(), 30);
}

TEST(Charts, HaveTitlesAndAxisLabelsInBothLanguages) {
    LanguageSwitch language;
    LossChart loss;
    UsageChart usage;
    LayerChart layers;
    for (const LanguageChoice choice : {LanguageChoice::English, LanguageChoice::Korean}) {
        language.apply(choice);
        QCoreApplication::processEvents();
        QStringList titles;
        for (const Plot* chart : std::initializer_list<const Plot*>{&loss, &usage, &layers}) {
            EXPECT_FALSE(chart->xAxis->label().isEmpty());
            EXPECT_FALSE(chart->yAxis->label().isEmpty());
            titles << chart->title();
        }
        EXPECT_EQ(titles.contains(QStringLiteral("Loss")), choice == LanguageChoice::English);
        EXPECT_EQ(titles.contains(QStringLiteral("손실")), choice == LanguageChoice::Korean);
    }
}

TEST(Charts, TheLegendFitsTheSmallestChart) {
    LanguageSwitch language;
    for (const LanguageChoice choice : {LanguageChoice::English, LanguageChoice::Korean}) {
        language.apply(choice);
        for (const int width : {300, 200}) {
            LossChart chart;
            chart.addStep(stepOf(1, {}, {}));
            chart.resize(width, 190);
            chart.replot();
            EXPECT_LE(chart.legend->minimumOuterSizeHint().width(), width);
            EXPECT_LE(chart.legend->outerRect().right(), width);
            EXPECT_LT(chart.legend->outerRect().bottom(), chart.axisRect()->rect().top() + 1);
        }
    }
}

TEST(ScaleColours, AreDistinctForEveryNumberOfScales) {
    for (int count = 2; count <= 8; ++count) {
        for (int i = 1; i < count; ++i) EXPECT_NE(scaleColour(i, count), scaleColour(i - 1, count));
    }
    EXPECT_EQ(scaleColour(0, 1), scaleColour(0, 8));
}

}  // namespace
}  // namespace finebrush
