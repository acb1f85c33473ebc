#include "ui/settings/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace finebrush {

namespace {

/// Installs a translation, where its file is there.
std::unique_ptr<QTranslator> install(const QString& name, const QString& folder) {
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(name, folder)) return nullptr;
    QCoreApplication::installTranslator(translator.get());
    return translator;
}

}  // namespace

LanguageSwitch::~LanguageSwitch() {
    removeTranslators();
}

void LanguageSwitch::removeTranslators() {
    for (const auto* translator : {&ours_, &qts_}) {
        if (*translator) QCoreApplication::removeTranslator(translator->get());
    }
    ours_.reset();
    qts_.reset();
}

void LanguageSwitch::apply(LanguageChoice choice) {
    removeTranslators();
    const bool korean = choice == LanguageChoice::Korean ||
                        (choice == LanguageChoice::System && QLocale::system().language() == QLocale::Korean);
    QLocale::setDefault(korean ? QLocale(QLocale::Korean) : QLocale(QLocale::English));
    if (!korean) return;
    qts_ = install(QStringLiteral("qtbase_ko"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    ours_ = install(QStringLiteral("finebrush_ko"), QStringLiteral(":/translations"));
}

}  // namespace finebrush
