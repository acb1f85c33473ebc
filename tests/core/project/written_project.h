#pragma once

#include "core/project/project_database.h"
#include "tests/core/project/sample_project.h"

namespace finebrush::testing {

/// A project in memory that hands its writes to a database at once.
struct WrittenProject {
    explicit WrittenProject(const std::filesystem::path& path)
        : database(ProjectDatabase::create(path).value()),
          project(Project::create(makeClasses({"background", "핵"}), [this](const ProjectWrites& writes) {
              const auto written = database.write(std::span(&writes, 1));
              EXPECT_TRUE(written.has_value()) << describe(written.error());
          })) {}

    ProjectDatabase database;
    Project project;
};

/// Makes a file with all that a project can hold.
inline ProjectView writeFullProject(const std::filesystem::path& path, uint32_t seed) {
    WrittenProject written(path);
    Project& project = written.project;
    project.addImage(makeRecord({300, 270}, path.parent_path() / "사진 1.png"));
    ImageRecord slice = makeRecord({90, 40}, "/elsewhere/2.nii.gz");
    slice.slice = SliceAddress{SliceView::Coronal, 17, 2};
    project.addImage(slice);
    std::mt19937 random(seed);
    for (int i = 0; i < 25; ++i) doSomething(project, random);
    for (int i = 0; i < 4; ++i) project.undo();
    project.recordRun(makeRun());
    project.setPrediction(makePrediction(project.images()[0].record.id, {300, 270}, 1));
    project.setSetting("shown_image", project.images()[0].record.id);
    return viewOf(project);
}

/// The project that was read, without a file behind it.
inline Project projectOf(ProjectContents contents) {
    return {std::move(contents), [](const ProjectWrites&) {}};
}

}  // namespace finebrush::testing
