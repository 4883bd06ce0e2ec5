using NewsBot.Benchmarks;

return await BenchmarkDoor.RunAsync(args);
