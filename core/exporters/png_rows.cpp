#include "core/exporters/png_rows.h"

#include <zlib.h>

#include <cstdio>
#include <memory>
#include <new>
#include <optional>
#include <png.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace finebrush {

namespace {

constexpr size_t kChunkBytes = size_t{1} << 18;

/// What a PNG says of its samples.
struct PngForm {
    PixelSize size;
    const Palette* palette;  ///< null: RGB

    size_t rowBytes() const { return static_cast<size_t>(size.width) * (palette ? 1 : 3); }
    int colourType() const { return palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB; }
};

/// Where libpng goes when it cannot go on.
[[noreturn]] void leave(png_structp png, png_const_charp message) {
    *static_cast<std::string*>(png_get_error_ptr(png)) = message;
    png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

/// False where libpng left what it was called for by a jump. It jumps over `call`, which may hold nothing
/// that needs a destructor.
template <typename Call>
bool succeeds(png_structp png, const Call& call) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    call();
    return true;
}

/// By itself libpng takes a million pixels a side.
void takeAnySide(png_structp png) {
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
}

/// What libpng keeps of a file that it writes or reads.
class PngHandles {
  public:
    enum class Way { Write, Read };

    explicit PngHandles(Way way) : way_(way) {
        const auto create = way == Way::Write ? png_create_write_struct : png_create_read_struct;
        png = create(PNG_LIBPNG_VER_STRING, &message, leave, ignore);
        if (png) info = png_create_info_struct(png);
        if (info) return;
        destroy();
        throw std::bad_alloc();
    }
    ~PngHandles() { destroy(); }
    PngHandles(const PngHandles&) = delete;
    PngHandles& operator=(const PngHandles&) = delete;

    std::string message;  ///< why libpng could not go on
    png_structp png = nullptr;
    png_infop info = nullptr;

  private:
    void destroy() {
        if (way_ == Way::Write) {
            png_destroy_write_struct(&png, &info);
        } else {
            png_destroy_read_struct(&png, &info, nullptr);
        }
    }

    Way way_;
};

/// Encodes rows into a file.
class Encoder {
  public:
    Encoder(UnfinishedFile& file, const PngForm& form) : file_(file), form_(form) {}

    // Each is false where it cannot be written; `error` says why.

    bool begin() {
        std::array<png_color, 256> colours{};
        for (size_t i = 0; form_.palette && i < colours.size(); ++i) {
            const auto [red, green, blue] = (*form_.palette)[i];
            colours[i] = {red, green, blue};
        }
        return succeeds(handles_.png, [this, &colours] {
            const png_structp png = handles_.png;
            const png_infop info = handles_.info;
            png_set_write_fn(png, this, write, [](png_structp) {});
            takeAnySide(png);
            png_set_compression_buffer_size(png, kChunkBytes);
            png_set_IHDR(png, info, static_cast<png_uint_32>(form_.size.width),
                         static_cast<png_uint_32>(form_.size.height), 8, form_.colourType(),
                         PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
            if (form_.palette) png_set_PLTE(png, info, colours.data(), static_cast<int>(colours.size()));
            png_write_info(png, info);
        });
    }
    bool add(std::span<const uint8_t> rows) {
        return succeeds(handles_.png, [this, rows] {
            for (size_t offset = 0; offset < rows.size(); offset += form_.rowBytes())
                png_write_row(handles_.png, rows.data() + offset);
        });
    }
    bool end() {
        return succeeds(handles_.png, [this] { png_write_end(handles_.png, nullptr); });
    }

    Error error() const {
        return writeError_.value_or(
            Error{ErrorCode::Internal, {"the PNG could not be encoded"}, handles_.message});
    }

  private:
    static void write(png_structp png, png_bytep bytes, size_t count) {
        auto& self = *static_cast<Encoder*>(png_get_io_ptr(png));
        if (!self.isWritten({bytes, count})) png_error(png, "the file could not be written");
    }
    bool isWritten(std::span<const uint8_t> bytes) {
        const Result<void> written = file_.write(bytes);
        if (!written) writeError_ = written.error();
        return written.has_value();
    }

    UnfinishedFile& file_;
    const PngForm& form_;
    PngHandles handles_{PngHandles::Way::Write};
    std::optional<Error> writeError_;
};

/// Decodes a file row by row.
class Decoder {
  public:
    explicit Decoder(const std::filesystem::path& file) : file_(std::fopen(file.c_str(), "rb")) {}

    /// Reads what comes before the samples; false where that is not as in the form.
    bool begins(const PngForm& form) {
        const bool isRead = file_ && succeeds(handles_.png, [this] {
                                png_init_io(handles_.png, file_.get());
                                takeAnySide(handles_.png);
                                png_read_info(handles_.png, handles_.info);
                            });
        return isRead && hasSamplesOf(form) && (!form.palette || hasPalette(*form.palette));
    }
    bool read(std::span<uint8_t> row) {
        return succeeds(handles_.png, [this, row] { png_read_row(handles_.png, row.data(), nullptr); });
    }
    bool ends() {
        return succeeds(handles_.png, [this] { png_read_end(handles_.png, nullptr); });
    }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    bool hasSamplesOf(const PngForm& form) const {
        const png_structp png = handles_.png;
        const png_infop info = handles_.info;
        return png_get_image_width(png, info) == static_cast<png_uint_32>(form.size.width) &&
               png_get_image_height(png, info) == static_cast<png_uint_32>(form.size.height) &&
               png_get_bit_depth(png, info) == 8 && png_get_color_type(png, info) == form.colourType();
    }
    bool hasPalette(const Palette& palette) const {
        png_colorp colours = nullptr;
        int count = 0;
        png_get_PLTE(handles_.png, handles_.info, &colours, &count);
        if (count != static_cast<int>(palette.size())) return false;
        for (size_t i = 0; i < palette.size(); ++i) {
            if (palette[i] != std::array{colours[i].red, colours[i].green, colours[i].blue}) return false;
        }
        return true;
    }

    std::unique_ptr<std::FILE, Close> file_;
    PngHandles handles_{PngHandles::Way::Read};
};

/// False also where it is asked to stop. The checksum is that of all samples.
bool isAsWritten(const std::filesystem::path& file, const PngForm& form, unsigned long checksum,
                 const std::stop_token& stop) {
    Decoder decoder(file);
    if (!decoder.begins(form)) return false;
    std::vector<uint8_t> row(form.rowBytes());
    unsigned long found = 0;
    for (int y = 0; y < form.size.height; ++y) {
        if (stop.stop_requested() || !decoder.read(row)) return false;
        found = crc32_z(found, row.data(), row.size());
    }
    return decoder.ends() && found == checksum;
}

}  // namespace

Result<bool> writePng(const std::filesystem::path& file, PixelSize size, const Palette* palette,
                      const RowsFrom& rowsFrom, const InputFiles& inputs, const std::stop_token& stop) {
    if (size.isEmpty()) throw std::invalid_argument("PNG: there are no pixels");
    const PngForm form{size, palette};
    unsigned long checksum = 0;
    const auto write = [&](UnfinishedFile& target) -> Result<bool> {
        Encoder encoder(target, form);
        if (!encoder.begin()) return failure(encoder.error());
        for (int y = 0; y < size.height;) {
            if (stop.stop_requested()) return false;
            const std::span<const uint8_t> rows = rowsFrom(y);
            const size_t count = rows.size() / form.rowBytes();
            const bool areWhole = count > 0 && rows.size() % form.rowBytes() == 0;
            if (!areWhole || count > static_cast<size_t>(size.height - y))
                throw std::logic_error("PNG: the rows do not fit the size");
            if (!encoder.add(rows)) return failure(encoder.error());
            checksum = crc32_z(checksum, rows.data(), rows.size());
            y += static_cast<int>(count);
        }
        if (!encoder.end()) return failure(encoder.error());
        return true;
    };
    return writeExport(
        file, inputs, write,
        [&](const std::filesystem::path& written) { return isAsWritten(written, form, checksum, stop); },
        stop);
}

}  // namespace finebrush
