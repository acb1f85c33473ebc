#pragma once

#include "core/base/files.h"
#include "core/importers/label_import.h"
#include "tests/core/exporters/export_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush::testing {

/// Two images of one size and a folder for labels.
struct ImportTest : ::testing::Test {
    LabelImport import(const std::vector<std::filesystem::path>& paths) const {
        return importLabels(paths, targets, shown, {});
    }
    LabelImport importText(const std::string& name, const std::string& text) const {
        EXPECT_TRUE(writeFileAtomically(folder / name, text).has_value());
        return import({folder / name});
    }
    static std::vector<ErrorCode> codes(const LabelImport& import) {
        std::vector<ErrorCode> found;
        for (const Error& problem : import.problems) found.push_back(problem.code);
        return found;
    }
    /// The name of the class at a pixel; empty where there is none.
    static std::string nameAt(const ImportedLabels& labels, int x, int y) {
        for (const ImportedClass& entry : labels.classes) {
            if (entry.value == labels.labels.at(x, y)) return entry.name;
        }
        return {};
    }

    TemporaryFolder folder;
    std::vector<ImportTarget> targets = {{folder / "images/a.png", {60, 40}},
                                         {folder / "images/b.png", {60, 40}}};
    std::optional<size_t> shown = 1;
};

/// The names that labels give to a mask's values.
inline void expectSameNames(const ImportedLabels& labels, const IndexMask& mask, const ClassTable& classes) {
    ASSERT_EQ(labels.labels.size(), mask.size);
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            const LabelClass* expected = classes.findValue(mask.at(x, y));
            ASSERT_EQ(ImportTest::nameAt(labels, x, y), expected ? expected->name : "") << x << ", " << y;
        }
    }
}

}  // namespace finebrush::testing
