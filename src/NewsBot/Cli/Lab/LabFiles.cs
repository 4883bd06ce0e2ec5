using System.Text.Json.Nodes;

namespace NewsBot.Cli.Lab;

/// <summary>Reads files one after the other and prints a line for each. No file can end the run.</summary>
internal static class LabFiles
{
    // What the fetcher would not take is not read here either.
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <param name="names">The files; standard input names them where none is given.</param>
    /// <param name="address">Where they came from; null for an address made of the name.</param>
    /// <param name="read">Makes the line of one file, without its name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<int> RunAsync(
        string[]? names,
        string? address,
        Func<byte[], Uri, CancellationToken, Task<JsonObject>> read,
        CancellationToken cancellationToken
    )
    {
        if (address is not null && !IsWeb(address))
        {
            Output.Error("--url is a web address, such as https://example.org/news.");
            return CommandLineDoor.WrongUsage;
        }

        foreach (var name in names is { Length: > 0 } ? names : Input.Lines().Where(line => line.Length > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var url = new Uri(address ?? $"http://localhost/{Uri.EscapeDataString(Path.GetFileName(name))}");
            LabLine.Print(name, await TryAsync(name, url, read, cancellationToken));
        }

        return CommandLineDoor.Done;
    }

    private static async Task<JsonObject> TryAsync(
        string name,
        Uri url,
        Func<byte[], Uri, CancellationToken, Task<JsonObject>> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (new FileInfo(name).Length > MaxBytes)
            {
                return LabLine.Failed($"it is larger than {MaxBytes / 1024 / 1024} MB");
            }

            return await read(await File.ReadAllBytesAsync(name, cancellationToken), url, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return LabLine.Failed(error.Message);
        }
    }

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https");
}
