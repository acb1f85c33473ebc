#include "ui/docks/adapt/adapt_options.h"

#include "core/messages/adapter_config.h"
#include "core/messages/method_settings.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/input_range_field.h"
#include "ui/docks/adapt/low_rank_fields.h"
#include "ui/docks/adapt/method_texts.h"
#include "ui/docks/adapt/model_field.h"
#include "ui/docks/adapt/start_field.h"
#include "ui/docks/adapt/wheel_guard.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>
#include <utility>

namespace finebrush {

namespace {

constexpr int kMaxRank = 64;
constexpr double kMaxAlpha = 1024;
constexpr int kMaxSteps = 100000;
constexpr double kMaxMinutes = 24 * 60;
constexpr double kMaxScale = 8;
constexpr int kInputSizes[] = {0, 256, 384, 512, 768, 1024};  // px; 0: automatic

}  // namespace

AdaptOptions::AdaptOptions(QWidget* parent)
    : QWidget(parent),
      model_(new ModelField),
      method_(new QComboBox),
      description_(new QLabel),
      gate_(makeChoice<messages::GateMode>("Gate")),
      fold_(new QToolButton),
      recipe_(new QPushButton),
      paper_(new QPushButton),
      advanced_(new QWidget),
      rank_(makeSpinBox<QSpinBox>("Rank")),
      alpha_(makeSpinBox<QDoubleSpinBox>("Alpha")),
      steps_(makeSpinBox<QSpinBox>("Steps")),
      minutes_(makeSpinBox<QDoubleSpinBox>("Minutes")),
      loss_(makeChoice<messages::PaintedLoss>("Loss")),
      keep_(makeChoice<messages::Keep>("Keep")),
      queries_(makeSpinBox<QSpinBox>("Queries")),
      inputSize_(new QComboBox),
      scale_(makeSpinBox<QDoubleSpinBox>("WorkingScale")),
      seed_(makeSpinBox<QSpinBox>("Seed")),
      inputRange_(new InputRangeField),
      start_(new StartField),
      basicForm_(new QFormLayout),
      advancedForm_(new QFormLayout(advanced_)),
      fields_{method_, gate_, rank_,    alpha_,     steps_, minutes_,
              loss_,   keep_, queries_, inputSize_, scale_, seed_} {
    setObjectName(QStringLiteral("AdaptOptions"));
    buildBasic();
    buildAdvanced();
    layOut();
    connectFields();
    unfold(false);
    setSettings({});
    retranslate();
}

// ---- putting it together ----

void AdaptOptions::buildBasic() {
    method_->setObjectName(QStringLiteral("Method"));
    for (const messages::AdaptationMethod& method : messages::kAdaptationMethods) {
        method_->addItem(QString(), QString::fromUtf8(method.name.data(), qsizetype(method.name.size())));
    }
    description_->setObjectName(QStringLiteral("MethodDescription"));
    description_->setProperty("role", QStringLiteral("muted"));
    description_->setWordWrap(true);
    fold_->setObjectName(QStringLiteral("Advanced"));
    fold_->setCheckable(true);
    fold_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    recipe_->setObjectName(QStringLiteral("RecipeDefaults"));
    paper_->setObjectName(QStringLiteral("PaperDefaults"));
}

void AdaptOptions::buildAdvanced() {
    rank_->setRange(1, kMaxRank);
    alpha_->setRange(0, kMaxAlpha);
    alpha_->setDecimals(2);
    steps_->setRange(0, kMaxSteps);
    steps_->setSingleStep(10);
    minutes_->setRange(0, kMaxMinutes);
    minutes_->setDecimals(1);
    queries_->setRange(0, messages::kMaxQueries);
    inputSize_->setObjectName(QStringLiteral("InputSize"));
    for (const int side : kInputSizes) inputSize_->addItem(QStringLiteral("%1 px").arg(side), side);
    scale_->setRange(0, kMaxScale);
    scale_->setSingleStep(0.1);
    seed_->setRange(0, std::numeric_limits<int>::max());
}

void AdaptOptions::layOut() {
    basicForm_->addRow(QStringLiteral(" "), model_);
    basicForm_->addRow(QStringLiteral(" "), method_);
    basicForm_->addRow(description_);
    basicForm_->addRow(QStringLiteral(" "), gate_);
    advancedForm_->addRow(QStringLiteral(" "), start_);
    auto* wheelGuard = new WheelGuard(this);
    for (QWidget* field : fields_) {
        if (field != method_ && field != gate_) advancedForm_->addRow(QStringLiteral(" "), field);
        if (field == alpha_) lowRank_ = new LowRankFields(*advancedForm_, this);
        wheelGuard->guard(field);
    }
    for (QWidget* field : lowRank_->spinBoxes()) wheelGuard->guard(field);
    advancedForm_->addRow(QStringLiteral(" "), inputRange_);
    advancedForm_->setContentsMargins(0, 0, 0, 0);
    for (QFormLayout* form : {basicForm_, advancedForm_}) {
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    }
    auto* defaults = new QHBoxLayout;
    defaults->addWidget(fold_);
    defaults->addStretch();
    defaults->addWidget(recipe_);
    defaults->addWidget(paper_);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(basicForm_);
    layout->addLayout(defaults);
    layout->addWidget(advanced_);
    layout->addStretch();
}

void AdaptOptions::connectFields() {
    connect(fold_, &QToolButton::toggled, this, &AdaptOptions::unfold);
    connect(recipe_, &QPushButton::clicked, this, [this] {
        messages::AdaptationSettings recipe;
        recipe.model = settings().model;
        choose(recipe);
    });
    connect(paper_, &QPushButton::clicked, this, [this] { choose(messages::paperSettings(settings())); });
    connect(method_, &QComboBox::currentIndexChanged, this, &AdaptOptions::followMethod);
    connect(rank_, &QSpinBox::valueChanged, this, &AdaptOptions::followRank);
    for (QComboBox* box : {method_, gate_, loss_, keep_, inputSize_}) {
        connect(box, &QComboBox::currentIndexChanged, this, &AdaptOptions::changed);
    }
    for (QSpinBox* box : {rank_, steps_, queries_, seed_}) {
        connect(box, &QSpinBox::valueChanged, this, &AdaptOptions::changed);
    }
    for (QDoubleSpinBox* box : {alpha_, minutes_, scale_}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, &AdaptOptions::changed);
    }
    connect(model_, &ModelField::changed, this, &AdaptOptions::changed);
    connect(model_, &ModelField::infoChanged, this, &AdaptOptions::followModel);
    connect(inputRange_, &InputRangeField::changed, this, &AdaptOptions::changed);
    connect(lowRank_, &LowRankFields::changed, this, &AdaptOptions::changed);
    connect(start_, &StartField::changed, this, &AdaptOptions::changed);
    connect(start_, &StartField::adapterChanged, this, &AdaptOptions::followStart);
}

void AdaptOptions::unfold(bool unfolded) {
    fold_->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
    advanced_->setVisible(unfolded);
}

// ---- the choice ----

std::string AdaptOptions::method() const {
    return method_->currentData().toString().toStdString();
}

messages::AdaptationSettings AdaptOptions::settings() const {
    messages::AdaptationSettings settings;
    if (!model_->model().empty()) settings.model = model_->model();
    settings.method = method();
    readChoice(*gate_, settings.gate);
    settings.rank = rank_->value();
    settings.alpha = alpha_->value();
    lowRank_->write(settings);
    settings.steps = steps_->value();
    settings.minutes = minutes_->value();
    readChoice(*loss_, settings.loss);
    readChoice(*keep_, settings.keep);
    settings.queries = queries_->value();
    settings.inputSize = inputSize_->currentData().toInt();
    if (hasWorkingScale()) settings.workingScale = scale_->value();
    settings.seed = static_cast<uint64_t>(seed_->value());
    const InputRange range = inputRange_->range();
    if (range != InputRange()) settings.inputRange = toText(range);
    if (!start_->folder().empty()) settings.start = start_->folder();
    // Fields round, and end somewhere.
    return start_->adapter() ? messages::settingsToGoOnFrom(*start_->adapter(), std::move(settings))
                             : settings;
}

void AdaptOptions::setSettings(const messages::AdaptationSettings& settings) {
    const QSignalBlocker blocker(this);
    start_->setFolder(settings.start.value_or(std::string()));
    model_->setModel(settings.model.value_or(std::string()));
    method_->setCurrentIndex(std::max(0, method_->findData(QString::fromStdString(settings.method))));
    showChoice(*gate_, settings.gate);
    rank_->setValue(settings.rank);
    alpha_->setValue(settings.alpha);
    lowRank_->show(settings);
    steps_->setValue(settings.steps);
    minutes_->setValue(settings.minutes);
    showChoice(*loss_, settings.loss);
    showChoice(*keep_, settings.keep);
    queries_->setValue(settings.queries);
    if (inputSize_->findData(settings.inputSize) < 0)
        inputSize_->addItem(QStringLiteral("%1 px").arg(settings.inputSize), settings.inputSize);
    inputSize_->setCurrentIndex(inputSize_->findData(settings.inputSize));
    scale_->setValue(settings.workingScale);
    inputRange_->setRange(inputRangeOf(settings.inputRange).value_or(InputRange()));
    seed_->setValue(static_cast<int>(std::min<uint64_t>(settings.seed, std::numeric_limits<int>::max())));
}

void AdaptOptions::setBandCount(int count) {
    inputRange_->setBandCount(count);
}

void AdaptOptions::startFrom(const std::string& folder) {
    start_->setFolder({});  // what lies in it may be another by now
    start_->setFolder(folder);
    emit changed();
}

void AdaptOptions::describeStart(const AdapterDescribed& adapter) {
    const messages::AdaptationSettings before = settings();
    start_->describe(adapter);
    if (settings() != before) emit changed();
}

void AdaptOptions::choose(const messages::AdaptationSettings& settings) {
    setSettings(settings);
    emit changed();
}

void AdaptOptions::followRank(int rank) {
    if (shownRank_ > 0) alpha_->setValue(alpha_->value() * rank / shownRank_);
    shownRank_ = rank;
}

void AdaptOptions::followMethod() {
    using messages::MethodSetting;
    const std::string name = method();
    const messages::AdaptationMethod* traits = messages::findAdaptationMethod(name);
    const messages::RankMeaning rank = traits ? traits->rank : messages::RankMeaning::None;
    const messages::AdapterConfig* start = start_->adapter();
    const QString dictation = start_->dictation();
    const QString description = methodDescription(name);
    description_->setText(dictation.isEmpty() ? description : description + QLatin1Char(' ') + dictation);
    const auto canBeChosen = [traits, start](MethodSetting setting) {
        return traits && traits->reads(setting) && !(start && messages::tells(*start, setting));
    };
    setFieldEnabled(*basicForm_, method_, dictation.isEmpty());
    paper_->setEnabled(dictation.isEmpty());
    setFieldEnabled(*basicForm_, gate_, canBeChosen(MethodSetting::Gate));
    setFieldEnabled(*advancedForm_, rank_, canBeChosen(MethodSetting::Rank));
    setFieldEnabled(*advancedForm_, alpha_, canBeChosen(MethodSetting::Alpha));
    lowRank_->follow(canBeChosen);
    describe(*advancedForm_, rank_, rankName(rank),
             tr("Size of what is trained in the encoder: more can learn more, and overfit more"));
    rank_->setSuffix(rank == messages::RankMeaning::EighthWidth ? QStringLiteral(" × 8") : QString());
}

bool AdaptOptions::hasWorkingScale() const {
    const messages::ModelInfo* info = model_->info();
    return !info || info->architecture != "ViT";
}

void AdaptOptions::followModel() {
    setFieldEnabled(*advancedForm_, scale_, hasWorkingScale());
}

void AdaptOptions::followStart() {
    if (start_->adapter()) setSettings(settings());
    followMethod();
}

// ---- texts ----

void AdaptOptions::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void AdaptOptions::retranslate() {
    describe(*basicForm_, model_, tr("Model"), QString());
    describe(*basicForm_, method_, tr("Method"),
             tr("What trains in the image encoder; the mask decoder trains with every method"));
    for (int i = 0; i < method_->count(); ++i) {
        method_->setItemText(i, methodName(method_->itemData(i).toString().toStdString()));
    }
    describe(*basicForm_, gate_, tr("Gate"),
             tr("How a layer chooses its detail scale. Informative: the task teaches the gate. Paper: as "
                "published."));
    setItemTexts(*gate_, {tr("Informative"), tr("As in the paper")});
    fold_->setText(tr("Advanced"));
    fold_->setAccessibleName(tr("Advanced"));
    recipe_->setText(tr("Defaults"));
    recipe_->setToolTip(tr("Set everything back to what Finebrush recommends"));
    paper_->setText(tr("Paper"));
    paper_->setToolTip(tr("Conv-LoRA as published: the paper's gate, rank 3, alpha 32, 8 experts"));
    retranslateAdvanced();
    followMethod();
}

void AdaptOptions::retranslateAdvanced() {
    describe(*advancedForm_, start_, tr("Start from"), QString());
    describe(*advancedForm_, alpha_, tr("Alpha"),
             tr("The adapter's output is multiplied by alpha / rank; it follows the rank"));
    lowRank_->retranslate();
    describe(*advancedForm_, steps_, tr("Steps"), tr("Training steps at most"));
    describe(*advancedForm_, minutes_, tr("Time limit"),
             tr("Stops after this time and keeps what was learned"));
    describe(*advancedForm_, loss_, tr("Loss"), tr("How mistakes on painted pixels are weighed"));
    setItemTexts(*loss_, {tr("Cross-entropy"), tr("Structure"), tr("Dice"), tr("Focal"), tr("Balanced BCE")});
    describe(*advancedForm_, keep_, tr("Keep"),
             tr("What the adaptation ends with. The better: the preview, unless strokes that were held out "
                "clearly prefer the training."));
    setItemTexts(*keep_, {tr("The better"), tr("The preview"), tr("The training")});
    describe(
        *advancedForm_, queries_, tr("Mask queries"),
        tr("Lets the mask decoder propose so many masks and tell the class of each, as AutoGluon does; at "
           "least as many as there are classes"));
    queries_->setSpecialValueText(tr("One mask a class"));
    describe(*advancedForm_, scale_, tr("Working scale"),
             tr("Model pixels per image pixel: larger sees finer structures and takes longer. Not for models "
                "that see the whole image at their input size."));
    describe(*advancedForm_, seed_, tr("Seed"),
             tr("The same seed gives the same result on the same machine"));
    describe(*advancedForm_, inputRange_, tr("Model sees"),
             tr("Which raw values the model gets as black and white. How an image is displayed changes "
                "nothing here, except with “As displayed”."));
    steps_->setSpecialValueText(tr("Automatic"));
    minutes_->setSpecialValueText(tr("None"));
    minutes_->setSuffix(tr(" min"));
    describe(*advancedForm_, inputSize_, tr("Input size"),
             tr("Longer side of an image as the model sees it first: a smaller one is faster, and sees less "
                "detail. “Segment anything” sees as much."));
    inputSize_->setItemText(0, tr("Automatic"));
    scale_->setSpecialValueText(tr("Automatic"));
    scale_->setSuffix(QStringLiteral(" ×"));
}

}  // namespace finebrush
