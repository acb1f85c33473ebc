#include "core/base/csv_text.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(CsvText, QuotesWhatWouldBeTakenForMoreThanOneField) {
    EXPECT_EQ(csvRow({"step", "loss"}), "step,loss\r\n");
    EXPECT_EQ(csvRow({"a \"b\"", "c, d", "e\nf", "", "1.5"}), "\"a \"\"b\"\"\",\"c, d\",\"e\nf\",,1.5\r\n");
}

}  // namespace
}  // namespace finebrush
