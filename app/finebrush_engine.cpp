#include "core/base/error.h"
#include "core/base/log.h"
#include "core/engine/command_line/adapt_command.h"
#include "core/engine/command_line/choice_option.h"
#include "core/engine/command_line/evaluate_command.h"
#include "core/engine/command_line/info_command.h"
#include "core/engine/command_line/method_options.h"
#include "core/engine/command_line/predict_command.h"
#include "core/engine/command_line/project_command.h"
#include "core/engine/command_line/segment_command.h"
#include "core/engine/command_line/selftest_command.h"
#include "core/engine/devices.h"
#include "core/engine/engine_server.h"
#include "core/engine/process_setup.h"

#include <CLI/CLI.hpp>
#include <torch/torch.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <sstream>
#include <unistd.h>

using namespace finebrush;

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

/// What the chosen subcommand does; the failure is told on standard error.
using Action = std::function<Result<void>()>;

void addServe(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("serve", "Serve a window over standard input and output");
    auto model = std::make_shared<std::filesystem::path>();
    command->add_option("--model", *model, "Checkpoint instead of LiteMedSAM");
    command->callback([&action, model] {
        action = [model]() -> Result<void> {
            std::signal(SIGPIPE, SIG_IGN);
            if (::nice(5) == -1) logDebug("the priority stays as it is");
            MessagePipe pipe(STDIN_FILENO, STDOUT_FILENO);
            EngineServer(pipe, *model).run();
            return {};
        };
    });
}

void addInfo(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("info", "Tell about this machine, or what a file is");
    auto file = std::make_shared<std::filesystem::path>();
    auto json = std::make_shared<bool>(false);
    command->add_option(
        "file", *file,
        "Checkpoint, adapter folder, project, image, labels, annotations, class list or key map");
    command->add_flag("--json", *json, "Print JSON");
    command->callback([&action, file, json] {
        action = [file, json] {
            return file->empty() ? printMachineInfo(*json, std::cout)
                                 : printFileInfo(*file, *json, std::cout);
        };
    });
}

void addProject(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("project", "Look after project files");
    command->require_subcommand(1);
    CLI::App* check =
        command->add_subcommand("check", "Tell what a project holds, and whether all of it can be read");
    auto options = std::make_shared<ProjectCheckOptions>();
    check->add_option("file", options->file, "Project")->required();
    check->add_option("--repair", options->repaired, "Write what can be read to this new file");
    check->add_flag("--json", options->json, "Print JSON");
    check->callback(
        [&action, options] { action = [options] { return checkProjectFile(*options, std::cout); }; });
}

void addInputRange(CLI::App& command, std::optional<std::string>& range, const char* otherwise) {
    command.add_option(
        "--input-range", range,
        std::string(
            "Raw values that the network gets: auto, minmax, bytes, percentile:LOW,HIGH, "
            "window:CENTRE,WIDTH or displayed, with +bands:RED,GREEN,BLUE or (of minmax and percentile) "
            "+each, for each band by itself, behind it; else ") +
            otherwise);
}

void addLevel(CLI::App& command, std::optional<int>& level, const char* otherwise) {
    command
        .add_option("--level", level,
                    std::string("How images that are too large for the memory are looked at: at a scale of "
                                "1/2^LEVEL; else ") +
                        otherwise)
        ->check(CLI::Range(0, 16));
}

/// SAM ViT-B and MedSAM differ in nothing that a file shows but its name.
void addNormalisation(CLI::App& command, std::string& normalisation) {
    command
        .add_option("--normalisation", normalisation,
                    "How a model of SAM ViT-B's shapes takes pixels: medsam (0 to 1) or sam (ImageNet's mean "
                    "and deviation); else its file's name tells: medsam in it, or not")
        ->check(CLI::IsMember({"medsam", "sam"}).description(""));
}

void addDeviceOptions(CLI::App& command, std::string& device, int& threads) {
    command.add_option("--device", device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    command.add_option("--threads", threads, "Threads; 0: one per core")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

void addRunOptions(CLI::App& command, messages::AdaptationSettings& settings) {
    command
        .add_option("--steps", settings.steps,
                    "Training steps; 0: as the recipe says, more for many wholly labelled images")
        ->check(CLI::Range(0, 1000000))
        ->capture_default_str();
    command.add_option("--minutes", settings.minutes, "Stop training after this time; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--seed", settings.seed, "Seed of everything random")->capture_default_str();
    command
        .add_option("--scale", settings.workingScale,
                    "Working scale of the finer look, model px per image px; 0: proposed. A ViT has none: "
                    "see --input-size")
        ->check(CLI::Range(0.0, 8.0))
        ->capture_default_str();
    command
        .add_option("--input-size", settings.inputSize,
                    "Px of the longer side of an image as the network sees it first, a multiple of 16: 512 "
                    "makes SAM's ViT several times as fast; 0: as usual for the model")
        ->check(CLI::Range(0, 2048))
        ->capture_default_str();
    addDeviceOptions(command, settings.device, settings.threads);
}

void addLearningOptions(CLI::App& command, messages::AdaptationSettings& settings) {
    addChoice(command, "--loss", settings.loss,
              "Loss on painted pixels: partial_cross_entropy (default), structure, dice, focal or "
              "balanced_bce");
    addChoice(command, "--keep", settings.keep,
              "What to end with: the better of preview and training as held-out strokes or images judge "
              "(better, default), the preview without training (preview), or the preview with what "
              "the training changed, half of it where no images are held out (adapted)");
    command
        .add_option("--queries", settings.queries,
                    "Let the mask decoder propose so many masks and tell the class of each, as AutoGluon's "
                    "does, matched with what is painted; 0: one mask a class")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
}

void addValidationOptions(CLI::App& command, training::TrainingOptions& options) {
    CLI::Option* validation =
        command
            .add_option("--validation", options.validationShare,
                        "Share of the labelled images, chosen by the seed, that are not trained on but judge "
                        "the result by all their labels: at least one (default: some strokes are held out)")
            ->check(CLI::Range(0.001, 0.999));
    command.add_option("--validation-steps", options.validationSteps, "Steps between two validations")
        ->check(CLI::Range(1, 1000000))
        ->needs(validation)
        ->capture_default_str();
    command
        .add_option(
            "--patience", options.patience,
            "Stop after so many validations without a better one; 0: never. The best weights are kept")
        ->check(CLI::Range(0, 1000000))
        ->needs(validation)
        ->capture_default_str();
}

void addAdapt(CLI::App& app, Action& action) {
    CLI::App* command =
        app.add_subcommand("adapt", "Adapt to the images that have labels, and write an adapter");
    auto options = std::make_shared<AdaptOptions>();
    command->add_option("--images", options->images, "Image files, slices (FILE#axial:12) and folders")
        ->required();
    command
        ->add_option("--labels", options->labels,
                     "Folder of index PNGs or TIFFs with the images' stems; 255 is unlabelled")
        ->required();
    command->add_option("--ignore", options->meaning.ignored, "Label value that is no class")
        ->check(CLI::Range(0, 255));
    command->add_flag("--black-and-white", options->meaning.isBlackAndWhite,
                      "The labels are masks of 0 and 255: 255 is class 1");
    command->add_option("--out", options->out, "Folder for the adapter")->required();
    command->add_option("--classes", options->classes, "Class list (JSON, or one name a line)");
    command->add_option("--model", options->model, "Checkpoint instead of LiteMedSAM");
    addNormalisation(*command, options->normalisation);
    command->add_option(
        "--start", options->start,
        "Adapter to go on from, ours, PEFT's LoRA or AutoGluon's model.ckpt, of the same model, "
        "method and layers: its encoder, and its decoder where it is ours and has these classes; "
        "else a fresh one");
    command->add_option("--events", options->events, "Write one JSON object a step to this file");
    command->add_flag("--resume", options->resume,
                      "Go on with an interrupted training of the same request from its checkpoint in --out");
    command
        ->add_option("--save-every", options->saveEverySeconds,
                     "Seconds between two writings of that checkpoint")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    addMethodOptions(*command, options->settings);
    addRunOptions(*command, options->settings);
    addLearningOptions(*command, options->settings);
    addValidationOptions(*command, options->training);
    command
        ->add_option("--adapter-rate", options->training.adapterRate,
                     "Learning rate of what trains in the encoder; 0: the recipe's, whatever the method")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    addInputRange(*command, options->settings.inputRange, "auto");
    addLevel(*command, options->level, "the finest at which what is painted lies in 12 parts of 1024 px");
    command->callback(
        [&action, options] { action = [options] { return adaptFromFiles(*options, std::cout); }; });
}

void addPredict(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("predict",
                                           "Predict images with an adapter, and write index PNGs, or "
                                           "GeoTIFFs of images too large for the memory");
    auto options = std::make_shared<PredictOptions>();
    command->add_option("--adapter", options->adapter, "Folder that adapt wrote, or AutoGluon's model.ckpt")
        ->required();
    command->add_option("--images", options->images, "Image files, slices (FILE#axial:12) and folders")
        ->required();
    command->add_option("--out", options->out, "Folder for the masks")->required();
    command->add_option("--model", options->model, "Checkpoint instead of LiteMedSAM");
    addDeviceOptions(*command, options->device, options->threads);
    addInputRange(*command, options->inputRange, "as the adapter was taught");
    addLevel(*command, options->level, "as the adapter was taught");
    command->add_flag("--confidence", options->confidence, "Also write <stem>_confidence.png");
    command->add_flag(
        "--quick", options->quick,
        "Look once at each image instead of in its four flips: a quarter of the time, a little worse");
    command->add_flag("--overlays", options->overlays, "Also write <stem>_overlay.png");
    command->callback(
        [&action, options] { action = [options] { return predictFiles(*options, std::cout); }; });
}

void addSegment(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("segment", "Segment one object of an image by clicks or a box");
    auto options = std::make_shared<SegmentOptions>();
    command->add_option("--image", options->image, "Image file, or a slice of one")->required();
    command
        ->add_option("--point", options->points,
                     "X,Y on the object, or X,Y,0 beside it; px from the upper left corner; may come again")
        ->allow_extra_args(false);
    command->add_option("--box", options->box, "X0,Y0,X1,Y1 around the object");
    command->add_option("--mask", options->mask,
                        "A mask of the object in the image's size to start from, such as an earlier --out; "
                        "alone, the box around it is the prompt");
    command->add_option("--out", options->out, "PNG to write: white inside, black outside")->required();
    command
        ->add_option(
            "--input-size", options->inputSize,
            "Px of the longer side of the image as the network sees it, a multiple of 16; 0: as usual "
            "for the model")
        ->check(CLI::Range(0, 2048))
        ->capture_default_str();
    command->add_option("--level", options->level,
                        "1, 2 or 3: one of the masks for doubtful prompts; 0: the single one");
    command->add_option("--model", options->model, "Checkpoint instead of LiteMedSAM");
    addNormalisation(*command, options->normalisation);
    command->add_option("--adapter", options->adapter, "Folder of a LoRA that PEFT trained for prompts");
    addDeviceOptions(*command, options->device, options->threads);
    command->callback(
        [&action, options] { action = [options] { return segmentFile(*options, std::cout); }; });
}

void addEvaluate(CLI::App& app, Action& action) {
    CLI::App* command =
        app.add_subcommand("evaluate", "Compare index PNGs with the truth: IoU and Dice per class");
    auto options = std::make_shared<EvaluateOptions>();
    command->add_option("--predictions", options->predictions, "Folder of predicted index PNGs")->required();
    command->add_option("--truth", options->truth, "Folder of true index PNGs")->required();
    command->add_option("--ignore", options->ignoredTruth, "Truth value that does not count")
        ->check(CLI::Range(0, 255));
    command
        ->add_option_function<std::string>(
            "--metrics", [options](const std::string& which) { options->allMetrics = which == "all"; },
            "basic (IoU and Dice, the default) or all (also S, E and F measure, MAE, BER and boundary F)")
        ->check(CLI::IsMember({"basic", "all"}).description(""));
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([&action, options] { action = [options] { return evaluate(*options, std::cout); }; });
}

void addSelftest(CLI::App& app, Action& action) {
    CLI::App* command = app.add_subcommand("selftest", "Compare the networks with golden tensors");
    auto options = std::make_shared<SelftestOptions>();
    command->add_option("--golden", options->golden, "Folder of golden files")->required();
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([&action, options] { action = [options] { return selftest(*options, std::cout); }; });
}

}  // namespace

int main(int argc, char** argv) {
    sleepWhileWaiting(argv);
    keepFreedMemory();
    startLog("finebrush-engine");
    CLI::App app("Finebrush's neural engine: adapts Segment Anything to a few painted strokes.",
                 "finebrush-engine");
    app.set_version_flag("--version", FINEBRUSH_VERSION);
    app.require_subcommand(1);
    Action action;
    addServe(app, action);
    addInfo(app, action);
    addProject(app, action);
    addAdapt(app, action);
    addPredict(app, action);
    addSegment(app, action);
    addEvaluate(app, action);
    addSelftest(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        std::ostringstream text;
        const int status = app.exit(problem, std::cout, text);
        if (!text.str().empty()) std::cerr << "finebrush-engine: " << text.str();
        return status == 0 ? 0 : kUsage;
    }
    try {
        openCudaLibraries();
        const Result<void> outcome = action();
        if (outcome) return 0;
        std::cerr << "finebrush-engine: " << describe(outcome.error()) << '\n';
    } catch (const c10::Error& problem) {
        std::cerr << "finebrush-engine: " << problem.what_without_backtrace() << '\n';
    } catch (const std::exception& problem) {
        std::cerr << "finebrush-engine: " << problem.what() << '\n';
    }
    return kFailed;
}
