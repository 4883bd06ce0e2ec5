using Microsoft.Extensions.Options;
using NewsBot.Starter;
using NewsBot.Storage;

namespace NewsBot;

/// <summary>Runs the newsroom until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <param name="args">Settings as <c>--Section:Key=value</c>, and <c>--data DIR</c>.</param>
    /// <returns>0 after an ordinary stop, 1 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = NewsBotHost.Build(args);
        try
        {
            // Wrong settings stop the start before anything is written.
            foreach (var check in app.Services.GetServices<IStartupValidator>())
            {
                check.Validate();
            }

            await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
            await app.Services.GetRequiredService<LayOutNewsroom>().RunAsync(CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return 1;
        }
    }

    private static string? Explain(Exception error) =>
        error switch
        {
            OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
            AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
                string.Join(
                    Environment.NewLine,
                    many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
                ),
            InvalidOperationException or IOException or UnauthorizedAccessException => error.Message,
            _ => null,
        };
}
