namespace System.IO
{
    public static class File
    {
        public static extern StreamWriter AppendText(string path);
        public static extern void AppendAllText(string path, string contents);
        public static extern void Copy(string sourceFileName, string destFileName);
        public static extern void Copy(string sourceFileName, string destFileName, bool overwrite);
        public static extern FileStream Create(string path);
        public static extern FileStream Create(string path, int bufferSize);
        public static extern void Delete(string path);
        public static extern bool Exists(string path);
        public static extern FileAttributes GetAttributes(string path);
        public static extern void Move(string sourceFileName, string destFileName);
        public static extern FileStream Open(string path, FileMode mode);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access, FileShare share);
        public static extern FileStream OpenRead(string path);
        public static extern StreamReader OpenText(string path);
        public static extern FileStream OpenWrite(string path);
        public static extern byte[] ReadAllBytes(string path);
        public static extern string ReadAllText(string path);
        public static extern void SetAttributes(string path, FileAttributes fileAttributes);
        public static extern void WriteAllBytes(string path, byte[] bytes);
        public static extern void WriteAllText(string path, string contents);
    }
}
