#include "core/session/images/image_jobs.h"

#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <fstream>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TemporaryFolder;
using testing::writePicture;

void writeSeries(const std::filesystem::path& folder, const std::string& series, int slices) {
    std::filesystem::create_directories(folder);
    for (int i = 0; i < slices; ++i) {
        testing::DicomSample sample;
        sample.put(DCM_SeriesInstanceUID, series);
        sample.put(DCM_SOPInstanceUID, series + "." + std::to_string(i));
        sample.place("0\\0\\" + std::to_string(i));
        sample.write(folder / ("IM" + std::to_string(i)));
    }
}

/// The images in a folder that was added, as paths within it.
std::vector<std::string> foundIn(const std::filesystem::path& folder, const std::stop_token& stop = {}) {
    std::vector<std::string> found;
    std::deque<AddedFile> files;
    files.push_back(AddedFile{folder});
    while (!files.empty()) {
        DescribedFiles described = describeSome(std::move(files), {}, stop);
        for (const auto& image : described.images) {
            found.push_back(image ? image->record.path.lexically_relative(folder).string()
                                  : describe(image.error()));
        }
        files = std::move(described.left);
        if (stop.stop_requested()) break;
    }
    return found;
}

TEST(DescribeSome, SearchesBelowAFolderWithoutImages) {
    const TemporaryFolder folder;
    writeSeries(folder / "PAT/STU/SE10", "1.2.826.10", 3);
    writeSeries(folder / "PAT/STU/SE2", "1.2.826.2", 2);
    std::ofstream(folder / "DICOMDIR") << std::string(128, '\0') << "DICM, a list of the files";
    std::ofstream(folder / "readme.txt") << "of no use";
    std::filesystem::create_directories(folder / "PAT/labels");
    writePicture(folder / "PAT/labels/mask.png", {4, 4});
    EXPECT_THAT(foundIn(folder.path()), ElementsAre("PAT/STU/SE2/IM0", "PAT/STU/SE10/IM0"));
}

TEST(DescribeSome, AFolderWithImagesIsNotSearchedFurther) {
    const TemporaryFolder folder;
    writePicture(folder / "a.png", {4, 4});
    std::filesystem::create_directories(folder / "masks");
    writePicture(folder / "masks/a.png", {4, 4});
    EXPECT_THAT(foundIn(folder.path()), ElementsAre("a.png"));
}

TEST(DescribeSome, ASearchEndsWhereFoldersLeadInACircleOrItIsAskedToStop) {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder / "a/b");
    std::filesystem::create_directory_symlink(folder.path(), folder / "a/b/back");
    EXPECT_THAT(foundIn(folder.path()), IsEmpty());
    writePicture(folder / "a/b/c.png", {4, 4});
    EXPECT_THAT(foundIn(folder.path()), ElementsAre("a/b/c.png"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(foundIn(folder.path(), stop.get_token()), IsEmpty());
}

}  // namespace
}  // namespace finebrush
