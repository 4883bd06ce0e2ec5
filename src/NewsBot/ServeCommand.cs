using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NewsBot.Processes;
using NewsBot.Starter;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot;

/// <summary>Runs the newsroom until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan BeforeNextStart = TimeSpan.FromSeconds(1);

    /// <param name="args">Settings as <c>--Section:Key=value</c>, and <c>--data DIR</c>.</param>
    /// <returns>0 after an ordinary stop, 1 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            using var longFiles = FailLongFiles();
            if (await RunOnceAsync(args))
            {
                await RunAnewAsync(args);
            }

            return 0;
        }
        catch (Exception error) when (Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return 1;
        }
    }

    // Another process took over what this one did; what it still believed is forgotten with it. It has worked before, so what
    // keeps it from starting, such as a database that is away, passes.
    private static async Task RunAnewAsync(string[] args)
    {
        while (true)
        {
            try
            {
                if (!await RunOnceAsync(args))
                {
                    return;
                }
            }
            catch (Exception error) when (Explain(error) is { } sentence)
            {
                Output.Error($"{sentence} It is tried again.");
            }

            await Task.Delay(BeforeNextStart, TimeProvider.System);
        }
    }

    /// <returns>Whether it has to start anew.</returns>
    private static async Task<bool> RunOnceAsync(string[] args)
    {
        await using var app = NewsBotHost.Build(args);
        // Wrong settings stop the start before anything is written.
        foreach (var check in app.Services.GetServices<IStartupValidator>())
        {
            check.Validate();
        }

        await PrepareAsync(app.Services);
        var process = app.Services.GetRequiredService<ThisProcess>();
        await app.RunAsync();
        return process.IsDead;
    }

    // A file longer than this process may write would end it, by a signal; so the write fails, and is told like a full disk.
    // Source: https://man7.org/linux/man-pages/man2/setrlimit.2.html
    private static PosixSignalRegistration? FailLongFiles()
    {
        const PosixSignal FileTooLong = (PosixSignal)25;
        return OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(FileTooLong, signal => signal.Cancel = true);
    }

    // By itself, so that only these writes fail where nothing can be stored, and not all that come later.
    private static async Task PrepareAsync(IServiceProvider services)
    {
        StorageHealth.FailAtOnce();
        await services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<LayOutNewsroom>().RunAsync(CancellationToken.None);
        await services.GetRequiredService<Erasures>().BeginAsync(CancellationToken.None);
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
            IOException { InnerException: AddressInUseException } =>
                $"{error.Message} Stop the other program, or listen elsewhere with --Web:Url=http://127.0.0.1:5081.",
            StorageTroubleException => error.Message,
            NpgsqlException server =>
                $"PostgreSQL cannot be used: {server.Message} Storage:ConnectionString says where it is.",
            SqliteException when StorageFailures.Explain(error) is { } words => words,
            SqliteException =>
                $"The database cannot be used: {error.Message} “newsbot doctor” says what to mend; “newsbot restore” and the file of a backup bring it back.",
            // A settings file that is no JSON; the innermost message names the line.
            InvalidDataException => $"{error.Message} {error.GetBaseException().Message}",
            InvalidOperationException => error.Message,
            IOException or UnauthorizedAccessException =>
                $"{error.Message} The folder for the data must be one that can be written; choose another with --data DIR.",
            _ => null,
        };
}
