namespace System
{
    public class Random
    {
        public extern Random();
        public extern Random(int seed);

        public extern int Next();
        public extern int Next(int maxValue);
        public extern double NextDouble();
        public extern void NextBytes(byte[] buffer);
    }
}
