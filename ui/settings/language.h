#pragma once

#include "ui/settings/preferences.h"

#include <QTranslator>

#include <memory>

namespace finebrush {

/// Installs the translators of a language. Widgets get a LanguageChange event and show their texts anew.
class LanguageSwitch {
  public:
    LanguageSwitch() = default;
    ~LanguageSwitch();
    LanguageSwitch(const LanguageSwitch&) = delete;
    LanguageSwitch& operator=(const LanguageSwitch&) = delete;

    void apply(LanguageChoice choice);

  private:
    void removeTranslators();

    std::unique_ptr<QTranslator> ours_;
    std::unique_ptr<QTranslator> qts_;  ///< of Qt's own dialogs and buttons
};

}  // namespace finebrush
